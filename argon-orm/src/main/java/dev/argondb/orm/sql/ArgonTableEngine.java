package dev.argondb.orm.sql;

import org.h2.api.TableEngine;
import org.h2.command.ddl.CreateTableData;
import org.h2.table.TableBase;

/**
 * What H2 calls to make a table, by its class name in the catalog's URL.
 *
 * <p>H2's own system table (id 0) and temporary tables come here as well: they stay in H2's store.
 *
 * <p>Stateless, thread-safe.
 */
public final class ArgonTableEngine implements TableEngine {

    /** For H2. */
    public ArgonTableEngine() {}

    @Override
    public TableBase createTable(CreateTableData data) {
        if (data.id == 0) {
            TableBase meta = data.schema.getDatabase().getStore().createTable(data);
            Catalog.opening().setMeta(meta);
            return meta;
        }
        if (data.temporary) {
            return data.schema.getDatabase().getStore().createTable(data);
        }
        return Catalog.of(data.schema.getDatabase()).createTable(data);
    }
}
