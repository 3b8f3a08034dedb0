package dev.argondb;

import java.util.List;

/**
 * What happened to one entity in JPA's terms, as an entity listener named it.
 *
 * <p>Immutable.
 *
 * @param operation persist, merge of changes, or remove
 * @param entityName the entity's name in the persistence unit
 * @param entityId the identifier as text, for people; the WAL entries hold it typed
 * @param attributes the names of the attributes set or changed; empty for a removal
 */
public record EntityEvent(Operation operation, String entityName, String entityId, List<String> attributes) {

    public EntityEvent {
        attributes = List.copyOf(attributes);
    }
}
