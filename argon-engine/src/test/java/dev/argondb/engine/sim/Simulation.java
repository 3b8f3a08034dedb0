package dev.argondb.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.UnavailableException;
import dev.argondb.engine.ArgonDatabase;
import dev.argondb.engine.volume.FaultyVolume;
import dev.argondb.engine.volume.MemoryVolume;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The run of one {@link Point}: work until the fault strikes, a look at what still answers, an end of the process, reopening,
 * comparison with the model, and more work.
 *
 * <p>What the work is, the seed decides alone: each point of a seed does the same up to its operation.
 */
final class Simulation {

    private static final int MOST_SKIPPED_STEPS = 4096;

    /** How a process ends. */
    private enum End {
        CLOSE,
        KILL,
        POWER_CUT
    }

    private final Point point;
    private final Random random;
    private final Random faults;
    private final int steps;
    private final History history = new History();
    private final SimulatedClock clock = new SimulatedClock();
    private final SimulatedDatabase.Settings settings;
    private final List<String> happened = new ArrayList<>();
    private MemoryVolume files = new MemoryVolume();
    private FaultyVolume volume;
    private @Nullable ArgonDatabase database;
    private @Nullable Workload workload;

    private Simulation(Point point) {
        this.point = point;
        this.random = new Random(point.seed());
        this.faults = new Random(point.faultSeed());
        this.settings = SimulatedDatabase.Settings.of(random);
        this.steps = 30 + random.nextInt(40);
        this.volume = new FaultyVolume(files, faults);
    }

    /** Runs a point, and counts what happened. */
    static void run(Point point, Map<String, Integer> happened) {
        Simulation simulation = new Simulation(point);
        simulation.explained(simulation::run);
        simulation.happened.forEach(what -> happened.merge(what, 1, Integer::sum));
        for (String what : List.of("commit", "snapshot", "retain", "pack")) {
            happened.merge(
                    what + "s", simulation.history.count(what, what.equals("commit") ? "->" : "done"), Integer::sum);
        }
    }

    /** Runs a seed without a fault, compares often, and returns the number of operations of the volume that it took. */
    static long runWithoutFault(long seed) {
        Simulation simulation = new Simulation(new Point(seed, Fault.ONE_FAILS, Long.MAX_VALUE));
        FaultyVolume volume = simulation.volume;
        simulation.explained(simulation::runWithoutFault);
        return volume.operations();
    }

    /** Runs a seed without a fault, and returns what was done and what came of it. */
    static String historyWithoutFault(long seed) {
        Simulation simulation = new Simulation(new Point(seed, Fault.ONE_FAILS, Long.MAX_VALUE));
        simulation.explained(simulation::runWithoutFault);
        return simulation.history.text();
    }

    private void explained(Runnable run) {
        try {
            run.run();
        } catch (RuntimeException | Error e) {
            throw new AssertionError(
                    "point " + point + " failed: " + e + "\nreplay it: " + point.command() + "\nsettings: " + settings
                            + "\nhistory:\n  " + history.text() + "\nlast operations of the volume:\n  "
                            + volume.trace(),
                    e);
        }
    }

    private void runWithoutFault() {
        open();
        for (int i = 0; i < steps; i++) {
            step();
            if (i % 8 == 0) {
                new Comparison(database(), history.model).everything();
            }
        }
        new Comparison(database(), history.model).everything();
        endWell();
    }

    private void run() {
        point.fault().arm(volume, files, point.operation(), faults);
        workUntilFault();
        happened.add(volume.failures() > 0 ? "fault struck" : "fault came too late");
        if (point.fault() == Fault.POWER_CUT) {
            end(End.POWER_CUT);
        } else {
            workOnAfterFault();
            end(End.values()[faults.nextInt(3)]);
        }
        if (faults.nextInt(3) == 0) {
            failWhileOpening();
        }
        volume.heal();
        recover();
        workOnAfterRecovery();
    }

    private ArgonDatabase database() {
        return Objects.requireNonNull(database);
    }

    private Workload workload() {
        return Objects.requireNonNull(workload);
    }

    // ---- work

    private void workUntilFault() {
        try {
            open();
            for (int i = 0; i < steps; i++) {
                step();
            }
        } catch (UnavailableException e) {
            history.note("failed: " + e.getMessage());
            assertThat(volume.failures()).as("failures injected before " + e).isPositive();
        }
    }

    private void step() {
        if (random.nextInt(25) == 0) {
            reopen();
        } else {
            workload().step();
        }
    }

    private void open() {
        ArgonDatabase opened = SimulatedDatabase.open(volume, settings, clock);
        history.note("open at lsn " + opened.lastLsn());
        database = opened;
        if (workload == null) {
            workload = newWorkload(opened);
            history.acknowledge(1, Model::found);
            workload.found();
        } else {
            workload.goOnWith(opened);
        }
    }

    private Workload newWorkload(ArgonDatabase opened) {
        return new Workload(
                point.seed(),
                settings.storage().retention(),
                history,
                clock,
                opened,
                point.fault() == Fault.UNREADABLE);
    }

    private void reopen() {
        close();
        open();
        new Comparison(database(), history.model).sequencesExactly();
    }

    /** Closes; whether that works or not, nothing stays open. */
    private void close() {
        ArgonDatabase closing = database();
        database = null;
        history.note("close");
        try {
            closing.close();
            history.settle();
        } finally {
            assertThat(files.isLocked()).as("locked after close").isFalse();
            assertThat(files.openFiles()).as("files open after close").isZero();
        }
    }

    // ---- after the fault

    /** What was read before can be read; writes work or are refused, and once one failed all are. */
    private void workOnAfterFault() {
        if (database == null) {
            return;
        }
        boolean mayFail = point.fault() == Fault.UNREADABLE;
        compareWhileFailing(mayFail);
        for (int i = 0; i < 6; i++) {
            try {
                workload().step();
            } catch (UnavailableException e) {
                history.note("refused: " + e.getMessage());
            }
        }
        compareWhileFailing(mayFail);
    }

    private void compareWhileFailing(boolean mayFail) {
        Comparison comparison =
                new Comparison(database(), history.model, e -> mayFail && e instanceof UnavailableException);
        comparison.catalog();
        comparison.heads();
        if (faults.nextInt(4) == 0) {
            comparison.past();
        }
    }

    private void end(End how) {
        history.note("end: " + how);
        happened.add("end by " + how);
        if (how == End.POWER_CUT) {
            database = null;
            files = files.cutPower(faults);
            volume = new FaultyVolume(files, faults);
        } else if (how == End.KILL || database == null) {
            database = null;
            files.killProcess();
        } else {
            closeFailing();
        }
    }

    private void closeFailing() {
        try {
            close();
        } catch (UnavailableException e) {
            history.note("close failed: " + e.getMessage());
        }
    }

    // ---- recovery

    /** Fails while a database is opened that was not closed well. */
    private void failWhileOpening() {
        volume.failFrom(volume.operations() + 1 + faults.nextInt(12));
        try {
            ArgonDatabase opened = SimulatedDatabase.open(volume, settings, clock);
            history.note("opened in spite of the second fault, at lsn " + opened.lastLsn());
        } catch (UnavailableException e) {
            history.note("second fault: " + e.getMessage());
            happened.add("second fault struck");
            assertThat(files.isLocked()).as("locked after a failed opening").isFalse();
            assertThat(files.openFiles())
                    .as("files open after a failed opening")
                    .isZero();
        }
        end(faults.nextBoolean() ? End.KILL : End.POWER_CUT);
    }

    /** Opens without faults, and compares with what was acknowledged. */
    private void recover() {
        ArgonDatabase opened = SimulatedDatabase.open(volume, settings, clock);
        database = opened;
        long last = opened.lastLsn();
        history.note("recovered at lsn " + last);
        assertThat(last).as("last lsn").isGreaterThanOrEqualTo(history.sureLsn(settings.mayLoseUnsynced()));
        history.recover(last);
        history.recoverWatermark(opened.storage().watermark());
        if (history.model.shop.branches.isEmpty()) {
            history.acknowledge(1, Model::found);
        }
        decideDoubt(last);
        Comparison comparison = new Comparison(opened, history.model);
        comparison.everything();
        if (comparison.reclaimed() > 0) {
            happened.add("history given back");
        }
        comparison.sequencesAfterCrash(MOST_SKIPPED_STEPS);
        assertThat(opened.verify()).as("findings after recovery").isEmpty();
    }

    /** The step that failed last is there as a whole or not at all. */
    private void decideDoubt(long lastLsn) {
        if (!history.isInDoubt()) {
            return;
        }
        try {
            Comparison comparison = new Comparison(database(), history.model);
            comparison.catalog();
            comparison.heads();
            history.dismiss();
            history.note("the last step is not there");
            happened.add("step in doubt not there");
        } catch (AssertionError e) {
            history.confirm(lastLsn);
            happened.add("step in doubt there");
            history.note("the last step is there, at lsn " + lastLsn + ", else: " + e.getMessage());
        }
    }

    private void workOnAfterRecovery() {
        Workload next = workload == null ? newWorkload(database()) : workload;
        workload = next;
        next.goOnWith(database());
        for (int i = 0; i < 6; i++) {
            next.step();
        }
        endWell();
    }

    private void endWell() {
        if (faults.nextBoolean()) {
            close();
            open();
            new Comparison(database(), history.model).sequencesExactly();
        } else if (!settings.mayLoseUnsynced()) {
            end(End.POWER_CUT);
            recover();
        }
        Comparison comparison = new Comparison(database(), history.model);
        comparison.catalog();
        comparison.heads();
        assertThat(database().verify()).as("findings at the end").isEmpty();
        close();
    }
}
