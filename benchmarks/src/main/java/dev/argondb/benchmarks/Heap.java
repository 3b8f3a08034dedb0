package dev.argondb.benchmarks;

/** The heap of this process. */
final class Heap {

    private Heap() {}

    /** Returns the bytes in use after a collection. */
    static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
