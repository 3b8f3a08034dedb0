package dev.argondb.engine.sim;

import dev.argondb.engine.ArgonDatabase;
import dev.argondb.engine.volume.MemoryVolume;
import java.util.Random;

/**
 * A small database that was closed, and its model.
 *
 * @param files its files; to be opened as copies
 */
record SmallDatabase(long seed, MemoryVolume files, Model model, SimulatedDatabase.Settings settings) {

    /** Makes one by some steps of the work of a seed, with a snapshot and packed segments. */
    static SmallDatabase make(long seed, int steps) {
        MemoryVolume files = new MemoryVolume();
        History history = new History();
        SimulatedClock clock = new SimulatedClock();
        SimulatedDatabase.Settings settings = SimulatedDatabase.Settings.of(new Random(seed));
        try (ArgonDatabase database = SimulatedDatabase.open(files, settings, clock)) {
            Workload workload = new Workload(seed, settings.storage().retention(), history, clock, database, false);
            history.acknowledge(1, Model::found);
            workload.found();
            for (int i = 0; i < steps; i++) {
                workload.step();
                if (i == steps / 2) {
                    database.snapshot();
                    database.pack();
                }
            }
        }
        return new SmallDatabase(seed, files, history.model, settings);
    }

    /** Opens a copy of its files. */
    ArgonDatabase open(MemoryVolume copy) {
        return SimulatedDatabase.open(copy, settings, new SimulatedClock());
    }
}
