package dev.argondb;

import java.util.List;
import java.util.Optional;

/**
 * The changes of one document on the chain of a ref.
 *
 * <p>Immutable.
 *
 * @param changes newest first, back to the insert unless the limit or retention ended them before
 * @param reclaimedBefore where retention cut the history off: changes before this LSN are gone; empty where nothing is missing
 * @param isLimited whether older changes were left out because of the limit
 */
public record DocumentHistory(List<DocumentChange> changes, Optional<Lsn> reclaimedBefore, boolean isLimited) {

    public DocumentHistory {
        changes = List.copyOf(changes);
    }

    /** Returns whether the first of all changes, the insert, is among them. */
    public boolean isComplete() {
        return reclaimedBefore.isEmpty() && !isLimited;
    }
}
