package dev.argondb.engine;

import dev.argondb.InvalidRequestException;
import dev.argondb.Lsn;
import java.time.Duration;

/**
 * How much history a database keeps. Whatever it says, branch heads, tags and pins keep the states they name.
 *
 * <p>Immutable.
 */
public sealed interface Retention {

    /** Keeps everything. */
    Retention ALL = new All();

    /** Keeps everything. */
    record All() implements Retention {}

    /**
     * Keeps every state of the last while: each moment in it can be read.
     *
     * @param length positive
     */
    record Window(Duration length) implements Retention {
        public Window {
            if (length.isNegative() || length.isZero()) {
                throw new InvalidRequestException(
                        "retention `" + length + "` is not positive; give a duration, or `all`");
            }
        }
    }

    /**
     * Keeps every state from an LSN on.
     *
     * @param lsn the first LSN whose state can be read
     */
    record From(Lsn lsn) implements Retention {}
}
