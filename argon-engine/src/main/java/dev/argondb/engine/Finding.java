package dev.argondb.engine;

/**
 * Something wrong that a verification found.
 *
 * <p>Immutable.
 *
 * @param place where: a file and offset, a page, or a branch and collection
 * @param lsn the LSN it concerns, 0 where none is known
 * @param what what is wrong, in one line
 */
public record Finding(String place, long lsn, String what) {

    @Override
    public String toString() {
        return place + (lsn == 0 ? "" : " (lsn " + lsn + ")") + ": " + what;
    }
}
