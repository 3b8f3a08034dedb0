package dev.argondb.engine.sim;

/**
 * One run of the simulation.
 *
 * <p>Immutable.
 *
 * @param seed decides what the run does
 * @param fault what goes wrong
 * @param operation the operation of the volume from which on it does, counted from 1
 */
record Point(long seed, Fault fault, long operation) {

    /** The system property that names the one point to run. */
    static final String PROPERTY = "argon.sim.point";

    static Point parse(String text) {
        String[] words = text.split(":");
        return new Point(Long.parseLong(words[0]), Fault.valueOf(words[1]), Long.parseLong(words[2]));
    }

    /** Returns the command that replays it. */
    String command() {
        return "mvn -o -q -Dargon.fast -pl argon-engine -am test -Dtest=SimulationTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -D" + PROPERTY + "=" + this;
    }

    /** Returns what decides everything about the fault but its time. */
    long faultSeed() {
        return (seed * 1_000_003 + operation) * 31 + fault.ordinal();
    }

    @Override
    public String toString() {
        return seed + ":" + fault + ":" + operation;
    }
}
