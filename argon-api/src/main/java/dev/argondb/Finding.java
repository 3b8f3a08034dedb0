package dev.argondb;

import java.util.Optional;

/**
 * Something wrong in the files of a database, that {@link Argon#verify} found.
 *
 * <p>Immutable.
 *
 * @param place where: a file and an offset in it, a page, or a branch and a collection
 * @param lsn the LSN it concerns; empty where none is known
 * @param what what is wrong, in one line
 */
public record Finding(String place, Optional<Lsn> lsn, String what) {

    @Override
    public String toString() {
        return place + lsn.map(at -> " (lsn " + at + ")").orElse("") + ": " + what;
    }
}
