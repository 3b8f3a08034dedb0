package dev.argondb.orm.parity;

import dev.argondb.Argon;
import java.util.concurrent.atomic.AtomicInteger;

/** A new, empty Argon database in memory, forgotten on close. */
final class MemDatabase implements AutoCloseable {

    private static final AtomicInteger OPENED = new AtomicInteger();

    private final String location;
    private final Argon argon;

    private MemDatabase(String location) {
        this.location = location;
        this.argon = Argon.open(location);
    }

    static MemDatabase open() {
        return new MemDatabase("mem:parity" + OPENED.incrementAndGet());
    }

    /** Returns the URL of connections to a ref. */
    String url(String ref) {
        return "jdbc:argon:" + location + "?at=" + ref;
    }

    /** Creates a branch at the head of main. */
    void createBranch(String name) {
        argon.createBranch(name, Argon.MAIN);
    }

    /** Returns the ref of what main's head is now, for all time. */
    String presentOfMain() {
        return Argon.MAIN
                + argon.branch(Argon.MAIN).headLsn().map(lsn -> "@" + lsn).orElse("");
    }

    @Override
    public void close() {
        argon.close();
        Argon.discard(location);
    }
}
