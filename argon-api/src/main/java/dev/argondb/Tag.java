package dev.argondb;

import java.time.Instant;

/**
 * A kept name of a commit.
 *
 * <p>Immutable.
 *
 * @param name unique among tags
 * @param lsn the commit it names
 * @param time when it was made
 */
public record Tag(String name, Lsn lsn, Instant time) {}
