package dev.argondb.orm.jdbc;

import dev.argondb.Authorship;
import dev.argondb.Ref;
import dev.argondb.engine.work.Isolation;

/**
 * What a connection starts with.
 *
 * <p>Immutable.
 *
 * @param ref the branch head it works on, or the past moment it reads
 * @param author who its commits are by; empty for nobody
 * @param message why its commits are made; empty for nothing
 * @param authorship says who and why where nothing nearer does
 * @param isolation how its transactions are isolated
 */
record ConnectionSettings(Ref ref, String author, String message, Authorship authorship, Isolation isolation) {

    /** The head of {@code main}, nobody's commits, snapshot isolation. */
    static final ConnectionSettings DEFAULT =
            new ConnectionSettings(Ref.Head.MAIN, "", "", Authorship.NONE, Isolation.SNAPSHOT);

    ConnectionSettings withRef(Ref other) {
        return new ConnectionSettings(other, author, message, authorship, isolation);
    }

    ConnectionSettings withAuthor(String other) {
        return new ConnectionSettings(ref, other, message, authorship, isolation);
    }

    ConnectionSettings withMessage(String other) {
        return new ConnectionSettings(ref, author, other, authorship, isolation);
    }

    ConnectionSettings withIsolation(Isolation other) {
        return new ConnectionSettings(ref, author, message, authorship, other);
    }

    ConnectionSettings withAuthorship(Authorship other) {
        return new ConnectionSettings(ref, author, message, other, isolation);
    }
}
