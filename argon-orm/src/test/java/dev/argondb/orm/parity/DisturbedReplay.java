package dev.argondb.orm.parity;

import dev.argondb.Argon;
import dev.argondb.UnknownRefException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a script on a database in files, and disturbs it before the first query and now and then from there on. A connection's
 * own settings do not outlive that, so a script must not depend on any.
 */
record DisturbedReplay(Disturbance disturbance) implements Replay {

    /** A script is disturbed about so often. */
    private static final int DISTURBANCES = 12;

    /** What happens to the database. */
    enum Disturbance {
        /** Another branch's data goes out of use, all history is reclaimed, the database is closed and opened. */
        RETENTION {
            @Override
            void disturb(FileDatabase database, int number) throws SQLException {
                String branch = "spoiled" + number;
                database.argon().createBranch(branch, Argon.MAIN);
                try (Client client = Client.connect(database.url(branch))) {
                    Tables.spoil(client.connection());
                }
                database.argon().deleteBranch(branch);
                database.reclaimAndReopen();
                requireReclaimed(database);
            }
        },

        /**
         * The process is killed with a transaction under way; each second time not long after a snapshot. A sequence may lawfully
         * skip values then: each is put back to where it was.
         */
        CRASH {
            @Override
            void disturb(FileDatabase database, int number) throws SQLException {
                if (number % 2 == 1) {
                    database.argon().snapshot();
                }
                List<String> restarts;
                try (Client client = Client.connect(database.url(Argon.MAIN))) {
                    restarts = Tables.restarts(client.connection());
                    client.connection().setAutoCommit(false);
                    Tables.spoilRows(client.connection());
                    database.crash();
                    client.connection().rollback();
                }
                try (Client client = Client.connect(database.url(Argon.MAIN))) {
                    Tables.execute(client.connection(), restarts);
                }
            }
        };

        abstract void disturb(FileDatabase database, int number) throws SQLException;

        private static void requireReclaimed(FileDatabase database) {
            try {
                database.argon().resolve(dev.argondb.Ref.parse(Argon.MAIN + "@1"));
            } catch (UnknownRefException e) {
                if (String.valueOf(e.getMessage()).contains("reclaimed")) {
                    return;
                }
            }
            throw new AssertionError("history was to be reclaimed and is there");
        }
    }

    @Override
    public List<Answer> answers(Script script) throws SQLException {
        try (FileDatabase database = FileDatabase.create()) {
            return answers(script, database);
        }
    }

    private List<Answer> answers(Script script, FileDatabase database) throws SQLException {
        List<Step> steps = script.steps();
        List<Answer> answers = new ArrayList<>();
        int done = 0;
        int next = script.loadingSteps();
        int interval = Math.max(1, (steps.size() - next) / DISTURBANCES);
        for (int number = 0; done < steps.size(); number++) {
            try (Client client = Client.connect(database.url(Argon.MAIN))) {
                answers.addAll(client.answers(steps.subList(done, next)));
            }
            done = next;
            next = Math.min(steps.size(), next + interval);
            disturbance.disturb(database, number);
        }
        return answers;
    }
}
