package dev.argondb.engine.sim;

import dev.argondb.engine.volume.FaultyVolume;
import dev.argondb.engine.volume.MemoryVolume;
import java.util.List;
import java.util.Random;

/** What goes wrong at an operation of the volume. */
enum Fault {
    /** One operation fails. */
    ONE_FAILS {
        @Override
        void arm(FaultyVolume volume, MemoryVolume files, long operation, Random random) {
            volume.failAt(operation);
        }
    },
    /** Everything fails from then on. */
    ALL_FAIL {
        @Override
        void arm(FaultyVolume volume, MemoryVolume files, long operation, Random random) {
            volume.failFrom(operation);
        }
    },
    /** The power goes: the process ends, and of what was not synced any legal part stays. */
    POWER_CUT {
        @Override
        void arm(FaultyVolume volume, MemoryVolume files, long operation, Random random) {
            volume.failFrom(operation);
        }
    },
    /** The disk is full, but for a few bytes. */
    DISK_FULL {
        @Override
        void arm(FaultyVolume volume, MemoryVolume files, long operation, Random random) {
            volume.fillUpAfter(random.nextInt(300), operation);
        }
    },
    /** The next sync fails, and what it should have made durable may never be. */
    SYNC_FAILS {
        @Override
        void arm(FaultyVolume volume, MemoryVolume files, long operation, Random random) {
            volume.failSyncFrom(operation);
        }
    },
    /** One file, or every one, cannot be read any more. */
    UNREADABLE {
        @Override
        void arm(FaultyVolume volume, MemoryVolume files, long operation, Random random) {
            int choice = random.nextInt(1 << 20);
            volume.hideFrom(operation, name -> choice % 3 == 0 || isChosen(files.names(), name, choice));
        }

        private static boolean isChosen(List<String> names, String name, int choice) {
            return names.get(choice % names.size()).equals(name);
        }
    };

    /** Makes a volume fail from an operation on. */
    abstract void arm(FaultyVolume volume, MemoryVolume files, long operation, Random random);
}
