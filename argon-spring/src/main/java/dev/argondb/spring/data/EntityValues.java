package dev.argondb.spring.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hibernate.Hibernate;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.EmbeddableValuedModelPart;
import org.hibernate.metamodel.mapping.ManagedMappingType;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * Reads the attributes of loaded entities as values that can be compared and shown: references as identifiers, collections as lists and sets.
 * Collections that belong to the other side of an association are left out, and so is the version.
 *
 * <p>Thread-safe.
 */
record EntityValues(SessionFactoryImplementor factory) {

    /** Returns the values by the name of the attribute, in the order of the mapping; none for no entity. */
    Map<String, Object> of(Optional<?> entity) {
        Map<String, Object> values = new LinkedHashMap<>();
        entity.map(Hibernate::unproxy).ifPresent(present -> {
            EntityPersister type = factory.getMappingMetamodel().getEntityDescriptor(Hibernate.getClass(present));
            read("", type, present, values);
            if (type.getVersionMapping() != null) {
                values.remove(type.getVersionMapping().getVersionAttribute().getAttributeName());
            }
        });
        return values;
    }

    private void read(String prefix, ManagedMappingType type, Object owner, Map<String, Object> values) {
        for (int i = 0; i < type.getNumberOfAttributeMappings(); i++) {
            AttributeMapping attribute = type.getAttributeMapping(i);
            Object value = attribute.getValue(owner);
            String path = prefix + attribute.getAttributeName();
            if (value == null || isOfOther(attribute) || EntityTables.isIdentifier(attribute)) {
                continue;
            }
            if (attribute instanceof EmbeddableValuedModelPart embedded && EntityTables.isSpread(embedded)) {
                read(path + ".", embedded.getEmbeddableTypeDescriptor(), value, values);
            } else {
                values.put(path, shown(value));
            }
        }
    }

    private static boolean isOfOther(AttributeMapping attribute) {
        return attribute instanceof PluralAttributeMapping collection
                && collection.getCollectionDescriptor().isInverse();
    }

    /** Returns a value as it is shown: entities by their identifiers. */
    Object shown(Object value) {
        if (value instanceof Set<?> elements) {
            Set<@Nullable Object> shown = new LinkedHashSet<>();
            elements.forEach(element -> shown.add(element == null ? null : shown(element)));
            return shown;
        }
        if (value instanceof Collection<?> elements) {
            List<@Nullable Object> shown = new ArrayList<>(elements.size());
            elements.forEach(element -> shown.add(element == null ? null : shown(element)));
            return shown;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> shown = new LinkedHashMap<>();
            map.forEach((key, element) -> shown.put(shown(key), element == null ? null : shown(element)));
            return shown;
        }
        return isEntity(value) ? factory.getPersistenceUnitUtil().getIdentifier(value) : value;
    }

    private boolean isEntity(Object value) {
        return factory.getMappingMetamodel().findEntityDescriptor(Hibernate.getClass(value)) != null;
    }
}
