package dev.argondb;

import java.util.Optional;

/**
 * A movable pointer at a commit, as it was when asked for.
 *
 * <p>Immutable: ask {@link Argon#branch(String)} again for its newest position.
 *
 * @param id never reused, also not after deletion
 * @param name unique among live branches; free again after deletion
 * @param parentId the branch it was created from; empty for the first branch
 * @param baseLsn the commit it was created at; empty where there was none yet
 * @param headLsn its newest commit; empty while there is none
 * @param epoch how often its head was moved back; a cache keyed by branch and epoch never sees a rewound state
 * @param hasPrivateSequences whether it draws ids from sequences of its own; such a branch cannot be merged
 */
public record Branch(
        long id,
        String name,
        Optional<Long> parentId,
        Optional<Lsn> baseLsn,
        Optional<Lsn> headLsn,
        long epoch,
        boolean hasPrivateSequences) {}
