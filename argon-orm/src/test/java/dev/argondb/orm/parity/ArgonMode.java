package dev.argondb.orm.parity;

import dev.argondb.Argon;
import dev.argondb.orm.parity.DisturbedReplay.Disturbance;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where on an Argon database the queries of a script are asked. */
enum ArgonMode implements Replay {
    /** At the head of main. */
    ON_MAIN(inMemory((script, database) -> new DirectReplay(database.url(Argon.MAIN)).answers(script))),

    /**
     * On a branch made once the data is loaded. Main's data is then changed, and the rest of the script, commands included, runs
     * on the branch.
     */
    ON_FRESH_BRANCH(inMemory(ArgonMode::onFreshBranch)),

    /**
     * At the LSN that main had when the query came up. All commands of the script run first, then main's data is changed, and
     * only then is any query asked.
     */
    AT_OLD_LSN(inMemory((script, database) -> new PastReplay(database).answers(script))),

    /** On a database in files whose history is reclaimed and which is opened anew, once the data is loaded and again and again. */
    AFTER_RETENTION(new DisturbedReplay(Disturbance.RETENTION)),

    /** On what a killed process left in its files, once the data is loaded and again and again. */
    AFTER_CRASH(new DisturbedReplay(Disturbance.CRASH));

    private final Replay replay;

    ArgonMode(Replay replay) {
        this.replay = replay;
    }

    /** A way to run a script on a database in memory. */
    @FunctionalInterface
    private interface MemReplay {
        List<Answer> answers(Script script, MemDatabase database) throws SQLException;
    }

    private static Replay inMemory(MemReplay replay) {
        return script -> {
            try (MemDatabase database = MemDatabase.open()) {
                return new ArrayList<>(replay.answers(script, database));
            }
        };
    }

    private static List<Answer> onFreshBranch(Script script, MemDatabase database) throws SQLException {
        int loading = script.loadingSteps();
        List<Step> steps = script.steps();
        try (Client main = Client.connect(database.url(Argon.MAIN))) {
            List<Answer> answers = main.answers(steps.subList(0, loading));
            database.createBranch("fresh");
            Tables.spoil(main.connection());
            Tables spoiled = Tables.of(main.connection());
            try (Client fresh = Client.connect(database.url("fresh"))) {
                answers.addAll(fresh.answers(steps.subList(loading, steps.size())));
            }
            spoiled.requireUnchanged(main.connection());
            return answers;
        }
    }

    /** Returns the mode in words. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    @Override
    public List<Answer> answers(Script script) throws SQLException {
        return replay.answers(script);
    }
}
