package dev.argondb.orm.sql;

import dev.argondb.MergeConflict.Kind;
import dev.argondb.engine.log.Document;
import dev.argondb.engine.merge.DocumentRules;
import dev.argondb.engine.schema.CollectionSchema;
import dev.argondb.engine.state.CollectionView;
import dev.argondb.engine.work.UnitOfWork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.h2.constraint.Constraint;
import org.h2.constraint.ConstraintCheck;
import org.h2.engine.SessionLocal;
import org.h2.message.DbException;
import org.h2.table.Column;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * The rules of single rows, as H2 has them: generated columns, {@code NOT NULL}, and checks of tables and domains.
 *
 * <p>Confined to one thread.
 */
final class RowRules implements DocumentRules.Run {

    private final UnitOfWork work;
    private final SqlSession session;
    private final Map<Integer, ArgonTable> tables = new HashMap<>();

    RowRules(SqlEngine engine, UnitOfWork work) {
        this.work = work;
        this.session = engine.open(work.schema());
        session.bind(work);
        session.catalog().objects().forEach(object -> {
            if (object instanceof ArgonTable table) {
                tables.put(table.collection().id(), table);
            }
        });
    }

    private ArgonTable table(CollectionSchema collection) {
        ArgonTable table = tables.get(collection.id());
        if (table == null) {
            throw new AssertionError("no table of collection `" + collection.name() + "`");
        }
        return table;
    }

    @Override
    public boolean isDerived(CollectionSchema collection, int column) {
        return table(collection).getColumn(column).isGenerated();
    }

    @Override
    public DocumentRules.Outcome apply(
            CollectionSchema collection, byte[] key, @Nullable Document before, Document after) {
        CollectionView view = work.view(collection.id());
        ArgonTable table = table(collection);
        SqlRow row = copy(table, ((TableFormat) view.format()).decoded(key, after));
        List<DocumentRules.Broken> broken = new ArrayList<>();
        addMissing(table, row, broken);
        if (broken.isEmpty()) {
            check(table, row, broken);
        }
        return new DocumentRules.Outcome(broken.isEmpty() ? row : after, broken);
    }

    /** Generated columns are computed anew. */
    private static SqlRow copy(ArgonTable table, SqlRow row) {
        @Nullable Value[] values = row.copyOfValues();
        for (Column column : table.getColumns()) {
            if (column.isGenerated()) {
                values[column.getColumnId()] = null;
            }
        }
        return new SqlRow(row.layout(), nonNull(values), row.getKey());
    }

    @SuppressWarnings("NullAway") // H2 sets the values that are not there before anyone reads them
    private static Value[] nonNull(@Nullable Value[] values) {
        return values;
    }

    private static void addMissing(ArgonTable table, SqlRow row, List<DocumentRules.Broken> broken) {
        for (Column column : table.getColumns()) {
            boolean isMissing = !column.isGenerated()
                    && !column.isNullable()
                    && row.value(column.getColumnId()).getValueType() == Value.NULL;
            if (isMissing) {
                String name = column.getName().toLowerCase(Locale.ROOT);
                broken.add(new DocumentRules.Broken(
                        Kind.NOT_NULL,
                        name,
                        "",
                        "`" + name + "` of `" + table.collection().name() + "` must have a value"));
            }
        }
    }

    private void check(ArgonTable table, SqlRow row, List<DocumentRules.Broken> broken) {
        SessionLocal h2 = session.session();
        boolean alone = session.catalog().beginDefinitions();
        h2.lock();
        try {
            table.convertUpdateRow(h2, row, true);
            for (Constraint constraint : table.getConstraints()) {
                if (constraint instanceof ConstraintCheck check) {
                    check(table, row, check, broken);
                }
            }
        } catch (DbException e) {
            broken.add(new DocumentRules.Broken(Kind.CHECK, "", "", text(e)));
        } finally {
            h2.unlock();
            if (alone) {
                session.catalog().endDefinitions();
            }
        }
    }

    private void check(ArgonTable table, SqlRow row, ConstraintCheck check, List<DocumentRules.Broken> broken) {
        try {
            check.checkRow(session.session(), table, null, row);
        } catch (DbException e) {
            broken.add(new DocumentRules.Broken(Kind.CHECK, "", check.getName().toLowerCase(Locale.ROOT), text(e)));
        }
    }

    private static String text(DbException e) {
        return String.valueOf(DbException.toSQLException(e).getMessage()).replace('\n', ' ');
    }

    @Override
    public void close() {
        session.unbind();
        session.close();
    }
}
