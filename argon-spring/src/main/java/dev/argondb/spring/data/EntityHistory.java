package dev.argondb.spring.data;

import dev.argondb.Lsn;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.springframework.data.util.Streamable;

/**
 * What commits did to one entity since it was inserted, newest first.
 *
 * <p>Immutable.
 *
 * @param changes newest first
 * @param reclaimedBefore where retention cut the history off: changes before this LSN are gone; empty where nothing is missing
 */
public record EntityHistory<T, ID>(List<EntityChange<T, ID>> changes, Optional<Lsn> reclaimedBefore)
        implements Streamable<EntityChange<T, ID>> {

    public EntityHistory {
        changes = List.copyOf(changes);
    }

    @Override
    public Iterator<EntityChange<T, ID>> iterator() {
        return changes.iterator();
    }
}
