package dev.argondb;

/**
 * One change of a document's history.
 *
 * <p>Immutable.
 *
 * @param commit the commit that made it: who, when and why
 * @param entry what it changed
 */
public record DocumentChange(Commit commit, WalEntry entry) {}
