package dev.argondb.orm.hibernate;

import dev.argondb.EntityEvent;
import dev.argondb.Operation;
import dev.argondb.engine.schema.CollectionSchema;
import dev.argondb.engine.schema.Schema;
import dev.argondb.engine.work.UnitOfWork;
import dev.argondb.orm.sql.DocumentIds;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.persister.entity.mutation.EntityTableMapping;
import org.jspecify.annotations.Nullable;

/**
 * Finds the documents that hold an entity: one in each of its tables, under the key that its identifier makes there.
 *
 * <p>Thread-safe.
 */
final class EntityRows {

    /** The tables of an entity in one schema: what {@link #tables} found the last time, right as long as the schema is the same. */
    private record Tables(Schema schema, List<Table> tables) {}

    private record Table(CollectionSchema collection, EntityTableMapping mapping, List<String> keyColumns) {}

    private final ConcurrentMap<EntityPersister, Tables> known = new ConcurrentHashMap<>();

    /** Tells a unit of work what happened to an entity, and names its documents. */
    void name(
            UnitOfWork work,
            Operation operation,
            SharedSessionContractImplementor session,
            EntityPersister persister,
            Object id,
            List<String> attributes) {
        String entity = jpaName(persister);
        work.event(new EntityEvent(operation, entity, idText(session, persister, id), attributes), "", null);
        for (Table table : tables(work.schema(), persister)) {
            byte[] key = key(work, session, table, id);
            if (key != null) {
                work.name(table.collection().name(), key, entity);
            }
        }
    }

    /** Returns an entity's name in the persistence unit: {@code @Entity(name)}, or the class without its package. */
    static String jpaName(EntityPersister persister) {
        String name = persister.getJpaEntityName();
        return name == null ? persister.getEntityName() : name;
    }

    /** Returns an identifier as people read it: the value, or the values of a compound one. */
    static String idText(SharedSessionContractImplementor session, EntityPersister persister, Object id) {
        if (persister.getIdentifierType().getColumnSpan(persister.getFactory().getRuntimeMetamodels()) == 1) {
            return String.valueOf(id);
        }
        List<Object> values = new ArrayList<>();
        persister.getIdentifierMapping().forEachJdbcValue(id, (index, value, mapping) -> values.add(value), session);
        return values.toString();
    }

    private List<Table> tables(Schema schema, EntityPersister persister) {
        Tables tables = known.get(persister);
        if (tables == null || !tables.schema().equals(schema)) {
            tables = new Tables(schema, find(schema, persister));
            known.put(persister, tables);
        }
        return tables.tables();
    }

    private static List<Table> find(Schema schema, EntityPersister persister) {
        List<Table> tables = new ArrayList<>();
        for (EntityTableMapping mapping : persister.getTableMappings()) {
            CollectionSchema collection = DocumentIds.collection(schema, mapping.getTableName());
            if (collection != null && !mapping.isInverse()) {
                tables.add(new Table(collection, mapping, keyColumns(mapping)));
            }
        }
        return List.copyOf(tables);
    }

    private static List<String> keyColumns(EntityTableMapping mapping) {
        List<String> columns = new ArrayList<>();
        mapping.getKeyMapping().forEachKeyColumn((index, column) -> columns.add(column.getColumnName()));
        return List.copyOf(columns);
    }

    private static byte @Nullable [] key(
            UnitOfWork work, SharedSessionContractImplementor session, Table table, Object id) {
        List<Object> values = new ArrayList<>(table.keyColumns().size());
        ((EntityTableMapping.AbstractKeyMapping) table.mapping().getKeyMapping())
                .breakDownKeyJdbcValues(
                        id, (value, column) -> values.add(bound(session, value, column.getJdbcMapping())), session);
        return DocumentIds.key(work.view(table.collection().id()).format(), table.keyColumns(), values);
    }

    /** The value as Hibernate would bind it to a statement. */
    @SuppressWarnings("unchecked")
    private static Object bound(SharedSessionContractImplementor session, Object value, JdbcMapping mapping) {
        try {
            return mapping.getJdbcValueBinder().getBindValue(value, session);
        } catch (SQLException e) {
            throw session.getJdbcServices().getSqlExceptionHelper().convert(e, "could not read an identifier");
        }
    }
}
