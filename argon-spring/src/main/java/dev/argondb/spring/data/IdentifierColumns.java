package dev.argondb.spring.data;

import dev.argondb.UnsupportedException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.BasicValuedModelPart;
import org.hibernate.metamodel.mapping.CompositeIdentifierMapping;
import org.hibernate.metamodel.mapping.EmbeddableMappingType;
import org.hibernate.metamodel.mapping.EmbeddableValuedModelPart;
import org.hibernate.metamodel.mapping.EntityIdentifierMapping;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.metamodel.mapping.ModelPart;

/**
 * Puts identifiers together from the columns of a key.
 *
 * <p>Thread-safe.
 */
record IdentifierColumns(SessionFactoryImplementor factory, EntityIdentifierMapping mapping) {

    /** Returns the columns of the identifier in the entity's own table, in the order of their values. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        mapping.forEachSelectable((index, column) -> names.add(column.getSelectionExpression()));
        return names;
    }

    /** Returns the identifier of these values. */
    Object identifier(List<?> values) {
        Iterator<?> rest = values.iterator();
        return mapping instanceof CompositeIdentifierMapping composite
                ? compound(composite.getMappedIdEmbeddableTypeDescriptor(), rest)
                : basic((BasicValuedModelPart) mapping, rest.next());
    }

    private Object compound(EmbeddableMappingType type, Iterator<?> rest) {
        Object[] parts = new Object[type.getNumberOfAttributeMappings()];
        for (int i = 0; i < parts.length; i++) {
            AttributeMapping part = type.getAttributeMapping(i);
            parts[i] = part(part, rest);
        }
        return type.getRepresentationStrategy().getInstantiator().instantiate(() -> parts);
    }

    private Object part(ModelPart part, Iterator<?> rest) {
        if (part instanceof EmbeddableValuedModelPart embedded) {
            return compound(embedded.getEmbeddableTypeDescriptor(), rest);
        }
        if (part instanceof BasicValuedModelPart value) {
            return basic(value, rest.next());
        }
        throw new UnsupportedException("`" + part.getNavigableRole()
                + "` is an entity within an embedded identifier, so that its history is not found; put the identifier of"
                + " that entity there, and map it by `@MapsId`");
    }

    private Object basic(BasicValuedModelPart part, Object value) {
        JdbcMapping jdbc = part.getJdbcMapping();
        return jdbc.convertToDomainValue(jdbc.getJdbcJavaType().wrap(value, factory.getWrapperOptions()));
    }
}
