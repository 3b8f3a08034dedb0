package dev.argondb.spring.data;

import dev.argondb.UnsupportedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.EmbeddableMappingType;
import org.hibernate.metamodel.mapping.EmbeddableValuedModelPart;
import org.hibernate.metamodel.mapping.ForeignKeyDescriptor;
import org.hibernate.metamodel.mapping.ManagedMappingType;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.persister.entity.mutation.EntityTableMapping;
import org.jspecify.annotations.Nullable;

/**
 * Where an entity type and its subtypes keep their attributes: its own tables, joined and secondary ones included, and the tables of
 * the collections it owns. Names are Argon's: lower case, without quotes and the default schema.
 *
 * <p>Immutable, thread-safe.
 */
final class EntityTables {

    private static final String DEFAULT_SCHEMA = "public.";

    /** Hibernate's name for it; the class of its constant needs annotations that are not there to be compiled with. */
    private static final String IDENTIFIER_MAPPER = "_identifierMapper";

    /** A part of the entity's state in one table, found by the entity's key. */
    sealed interface Part {

        /** Returns the collection of documents. */
        String table();

        /** Returns the columns that hold the entity's identifier, in the order of its values. */
        List<String> key();
    }

    /**
     * A row for each entity.
     *
     * @param isFirst whether the row is there as long as the entity is
     * @param attributes the attributes by column
     */
    record Row(String table, List<String> key, boolean isFirst, Map<String, String> attributes) implements Part {}

    /**
     * A row for each element of a collection.
     *
     * @param columns the columns that are of the collection; empty where all are, and the row is not an entity's own
     */
    record Elements(String table, List<String> key, Set<String> columns, String attribute) implements Part {

        /** Returns whether an update of these columns changes the collection. */
        boolean isChangedBy(Collection<String> changed) {
            return columns.isEmpty() || changed.stream().anyMatch(columns::contains);
        }
    }

    private final IdentifierColumns identifier;
    private final Map<String, List<Part>> parts = new LinkedHashMap<>();

    private EntityTables(IdentifierColumns identifier) {
        this.identifier = identifier;
    }

    /** Returns the tables of a type. */
    static EntityTables of(SessionFactoryImplementor factory, EntityPersister type) {
        EntityTables tables = new EntityTables(new IdentifierColumns(factory, type.getIdentifierMapping()));
        for (String name : type.getSubclassEntityNames()) {
            tables.add(factory.getMappingMetamodel().getEntityDescriptor(name));
        }
        return tables;
    }

    /** Returns the names of the tables. */
    Set<String> names() {
        return parts.keySet();
    }

    /** Returns what a table holds of the entity; nothing for a table of others. */
    List<Part> parts(String table) {
        return parts.getOrDefault(table, List.of());
    }

    /** Returns the table that all of the entity is in, under its own key; empty where there are several, or collections. */
    Optional<String> onlyTable() {
        List<Part> all = parts.values().stream().flatMap(List::stream).toList();
        return all.size() == 1 ? Optional.of(all.get(0).table()) : Optional.empty();
    }

    /** Returns the identifier that a document holds; null where it holds none. */
    @Nullable
    Object identifier(Part part, Map<String, Object> document) {
        List<Object> values = new ArrayList<>(part.key().size());
        for (String column : part.key()) {
            Object value = document.get(column);
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        return identifier.identifier(values);
    }

    private void add(EntityPersister type) {
        if (type.isAbstract()) {
            return;
        }
        Map<String, Map<String, String>> attributes = new LinkedHashMap<>();
        collect(
                "",
                type,
                type.getVersionMapping() == null
                        ? ""
                        : type.getVersionMapping().getVersionAttribute().getAttributeName(),
                attributes);
        List<EntityTableMapping> own = Arrays.stream(type.getTableMappings())
                .filter(table -> !table.isInverse())
                .toList();
        for (EntityTableMapping table : own) {
            String name = tableName(table.getTableName());
            Map<String, String> columns = own.size() == 1 ? all(attributes) : attributes.getOrDefault(name, Map.of());
            add(new Row(name, key(table), table.isIdentifierTable(), columns));
        }
    }

    /** With a table for each class, those that are inherited are said to be in a table of the class they come from. */
    private static Map<String, String> all(Map<String, Map<String, String>> attributes) {
        Map<String, String> columns = new LinkedHashMap<>();
        attributes.values().forEach(columns::putAll);
        return columns;
    }

    private static List<String> key(EntityTableMapping table) {
        List<String> key = new ArrayList<>();
        table.getKeyMapping().forEachKeyColumn((index, column) -> key.add(columnName(column.getColumnName())));
        return key;
    }

    private void collect(
            String prefix, ManagedMappingType type, String version, Map<String, Map<String, String>> attributes) {
        for (int i = 0; i < type.getNumberOfAttributeMappings(); i++) {
            AttributeMapping attribute = type.getAttributeMapping(i);
            String path = prefix + attribute.getAttributeName();
            if (attribute instanceof PluralAttributeMapping collection) {
                addElements(path, collection);
            } else if (path.equals(version) || isIdentifier(attribute)) {
                continue;
            } else if (attribute instanceof EmbeddableValuedModelPart embedded && isSpread(embedded)) {
                collect(path + ".", embedded.getEmbeddableTypeDescriptor(), version, attributes);
            } else {
                columns(attribute).forEach(column -> attributes
                        .computeIfAbsent(
                                tableName(column.getContainingTableExpression()), name -> new LinkedHashMap<>())
                        .put(columnName(column.getSelectionExpression()), path));
            }
        }
    }

    /** Returns whether an attribute stands for those of an {@code @IdClass}, as Hibernate has it beside the identifier. */
    static boolean isIdentifier(AttributeMapping attribute) {
        return attribute.getAttributeName().equals(IDENTIFIER_MAPPER);
    }

    /** Returns whether an embedded object has columns for its attributes, rather than one for all of it. */
    static boolean isSpread(EmbeddableValuedModelPart embedded) {
        EmbeddableMappingType type = embedded.getEmbeddableTypeDescriptor();
        return type.getAggregateMapping() == null;
    }

    private static Collection<SelectableMapping> columns(AttributeMapping attribute) {
        List<SelectableMapping> columns = new ArrayList<>();
        if (attribute instanceof EmbeddableValuedModelPart embedded) {
            columns.add(embedded.getEmbeddableTypeDescriptor().getAggregateMapping());
        } else {
            attribute.forEachSelectable((index, column) -> columns.add(column));
        }
        columns.removeIf(SelectableMapping::isFormula);
        return columns;
    }

    private void addElements(String path, PluralAttributeMapping collection) {
        if (collection.getCollectionDescriptor().isInverse()) {
            return;
        }
        ForeignKeyDescriptor key = collection.getKeyDescriptor();
        List<String> columns = new ArrayList<>();
        List<String> targets = new ArrayList<>();
        key.visitKeySelectables((index, column) -> columns.add(columnName(column.getSelectionExpression())));
        key.visitTargetSelectables((index, column) -> targets.add(column.getSelectionExpression()));
        if (!new HashSet<>(targets).equals(new HashSet<>(identifier.names()))) {
            throw new UnsupportedException(
                    "`" + collection.getCollectionDescriptor().getRole() + "` refers to its owner by `" + targets
                            + "`, which is not its identifier; its history is not found by it");
        }
        add(new Elements(
                tableName(key.getKeyTable()), ordered(columns, targets), ownColumns(collection, columns), path));
    }

    private static Set<String> ownColumns(PluralAttributeMapping collection, List<String> key) {
        if (!collection.getCollectionDescriptor().isOneToMany()) {
            return Set.of();
        }
        Set<String> columns = new HashSet<>(key);
        if (collection.getIndexDescriptor() != null) {
            collection
                    .getIndexDescriptor()
                    .forEachSelectable((index, column) -> columns.add(columnName(column.getSelectionExpression())));
        }
        return columns;
    }

    /** Returns the columns in the order of the identifier's, which they refer to. */
    private List<String> ordered(List<String> columns, List<String> targets) {
        return identifier.names().stream()
                .map(name -> columns.get(targets.indexOf(name)))
                .toList();
    }

    /** Subtypes share tables: a row of one is described with the attributes of all. */
    private void add(Part part) {
        List<Part> present = parts.computeIfAbsent(part.table(), name -> new ArrayList<>());
        if (part instanceof Row row) {
            Map<String, String> attributes = new LinkedHashMap<>(row.attributes());
            boolean isFirst = row.isFirst();
            for (Part other : present) {
                if (other instanceof Row known) {
                    attributes.putAll(known.attributes());
                    isFirst |= known.isFirst();
                }
            }
            present.removeIf(Row.class::isInstance);
            present.add(new Row(row.table(), row.key(), isFirst, attributes));
        } else if (!present.contains(part)) {
            present.add(part);
        }
    }

    /** Returns the attributes of those columns that have one. */
    static Set<String> attributes(Row row, Collection<String> columns) {
        Set<String> attributes = new LinkedHashSet<>();
        row.attributes().forEach((column, attribute) -> {
            if (columns.contains(column)) {
                attributes.add(attribute);
            }
        });
        return attributes;
    }

    private static String tableName(String expression) {
        String name = columnName(expression);
        return name.startsWith(DEFAULT_SCHEMA) ? name.substring(DEFAULT_SCHEMA.length()) : name;
    }

    private static String columnName(String expression) {
        return expression.replace("\"", "").replace("`", "").toLowerCase(Locale.ROOT);
    }
}
