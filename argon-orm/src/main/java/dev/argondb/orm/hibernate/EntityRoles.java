package dev.argondb.orm.hibernate;

import dev.argondb.ColumnRole;
import dev.argondb.MergePolicy;
import dev.argondb.orm.sql.DocumentIds;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Member;
import java.util.Arrays;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.generator.Generator;
import org.hibernate.generator.internal.CurrentTimestampGeneration;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.EmbeddableValuedModelPart;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.hibernate.persister.entity.EntityPersister;

/**
 * Finds the columns that a merge must know, in the mappings of entities: versions, and the times of the last update, be they
 * Hibernate's or Spring Data's.
 *
 * <p>Stateless, thread-safe.
 */
final class EntityRoles {

    /** By its name: Spring is nothing that this module knows. */
    private static final String LAST_MODIFIED_DATE = "org.springframework.data.annotation.LastModifiedDate";

    private EntityRoles() {}

    /** Returns the roles of the columns of all entities of a session factory. */
    static MergePolicy of(SessionFactoryImplementor factory) {
        MergePolicy[] policy = {MergePolicy.NONE};
        factory.getMappingMetamodel()
                .forEachEntityDescriptor(
                        persister -> policy[0] = withVersion(persister, withTimes(persister, policy[0])));
        return policy[0];
    }

    private static MergePolicy withVersion(EntityPersister persister, MergePolicy policy) {
        return persister.isVersioned() ? with(policy, persister.getVersionMapping(), ColumnRole.VERSION) : policy;
    }

    private static MergePolicy withTimes(EntityPersister persister, MergePolicy policy) {
        MergePolicy[] known = {policy};
        persister.forEachAttributeMapping(attribute -> known[0] = withTime(attribute, known[0]));
        return known[0];
    }

    private static MergePolicy withTime(AttributeMapping attribute, MergePolicy policy) {
        MergePolicy[] known = {policy};
        if (attribute instanceof EmbeddableValuedModelPart embedded) {
            embedded.getEmbeddableTypeDescriptor()
                    .forEachAttributeMapping(inner -> known[0] = withTime(inner, known[0]));
        } else if (attribute instanceof SelectableMapping column
                && (isUpdateTimestamp(attribute.getGenerator()) || isLastModified(attribute))) {
            known[0] = with(policy, column, ColumnRole.UPDATE_TIME);
        }
        return known[0];
    }

    private static boolean isUpdateTimestamp(Generator generator) {
        return generator instanceof CurrentTimestampGeneration && generator.generatesOnUpdate();
    }

    private static boolean isLastModified(AttributeMapping attribute) {
        Member member = attribute.getPropertyAccess().getGetter().getMember();
        return member instanceof AnnotatedElement element
                && Arrays.stream(element.getAnnotations())
                        .map(Annotation::annotationType)
                        .anyMatch(type -> type.getName().equals(LAST_MODIFIED_DATE));
    }

    private static MergePolicy with(MergePolicy policy, SelectableMapping column, ColumnRole role) {
        return column.isFormula()
                ? policy
                : policy.with(
                        DocumentIds.name(column.getContainingTableExpression()),
                        DocumentIds.name(column.getSelectionExpression()),
                        role);
    }
}
