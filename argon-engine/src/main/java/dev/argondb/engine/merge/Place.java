package dev.argondb.engine.merge;

import dev.argondb.engine.tree.Keys;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where a document is: its collection and its key there. Ordered by both.
 *
 * <p>Immutable as long as nobody changes the array.
 */
record Place(int collectionId, byte[] key) implements Comparable<Place> {

    @Override
    public int compareTo(Place other) {
        return collectionId != other.collectionId
                ? Integer.compare(collectionId, other.collectionId)
                : Keys.compare(key, other.key);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Place place && compareTo(place) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * collectionId + Arrays.hashCode(key);
    }
}
