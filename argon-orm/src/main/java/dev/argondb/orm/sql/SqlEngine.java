package dev.argondb.orm.sql;

import dev.argondb.engine.ArgonDatabase;
import dev.argondb.engine.merge.DocumentRules;
import dev.argondb.engine.schema.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * SQL over one database: gives sessions on the catalog of a schema.
 *
 * <p>A catalog is built when a schema is first asked for, shared by everyone at an equal {@link Schema}, and given up when
 * nobody uses it and many others were used since. Thread-safe.
 */
public final class SqlEngine implements AutoCloseable {

    /** Unused catalogs that are kept. */
    private static final int IDLE_CATALOGS = 32;

    private final ArgonDatabase database;
    private final Map<Schema, Catalog> catalogs = new HashMap<>();
    /** Catalogs by last use, the latest at the end. */
    private final List<Catalog> byUse = new ArrayList<>();

    private final Map<Integer, ReentrantLock> sequenceLocks = new ConcurrentHashMap<>();

    /** SQL over an open database. */
    public SqlEngine(ArgonDatabase database) {
        this.database = database;
    }

    /** Returns the database. */
    public ArgonDatabase database() {
        return database;
    }

    /** Opens a session on the catalog of a schema: an idle one, or a new one. */
    public SqlSession open(Schema schema) {
        return new SqlSession(this, lease(schema));
    }

    /** Returns the rules of single rows, for merges: computed columns, required values and checks. */
    public DocumentRules rules() {
        return merged -> new RowRules(this, merged);
    }

    /** Returns the lock of a sequence, which all catalogs that know it share. */
    ReentrantLock sequenceLock(int id) {
        return sequenceLocks.computeIfAbsent(id, any -> new ReentrantLock());
    }

    /** Returns the catalog of a schema, with one more session on it. */
    synchronized Catalog lease(Schema schema) {
        Catalog catalog = catalogs.get(schema);
        if (catalog == null) {
            catalog = new Catalog(this, schema);
            catalogs.put(schema, catalog);
        }
        catalog.lease(1);
        used(catalog);
        return catalog;
    }

    private void used(Catalog catalog) {
        byUse.remove(catalog);
        byUse.add(catalog);
        giveUpUnused();
    }

    private void giveUpUnused() {
        int unused =
                (int) byUse.stream().filter(catalog -> catalog.leases() == 0).count();
        for (int i = 0; i < byUse.size() && unused > IDLE_CATALOGS; ) {
            Catalog catalog = byUse.get(i);
            if (catalog.leases() == 0) {
                drop(catalog);
                unused--;
            } else {
                i++;
            }
        }
    }

    private void drop(Catalog catalog) {
        byUse.remove(catalog);
        catalogs.values().remove(catalog);
        catalog.close();
    }

    /**
     * Returns a catalog of a schema that nobody else uses or can get, with one session on it: the given one if it is that, or
     * a new one; then the session on the given one is over.
     */
    synchronized Catalog own(Catalog catalog, Schema schema) {
        if (catalog.leases() == 1 && schema.equals(catalog.schema())) {
            catalogs.values().remove(catalog);
            catalog.become(null);
            return catalog;
        }
        Catalog own = new Catalog(this, schema);
        own.become(null);
        own.lease(1);
        used(own);
        release(catalog);
        return own;
    }

    /**
     * Makes an owned catalog that of a schema: it can be had by all who come to be at it, unless it checks no foreign keys for
     * the time being.
     */
    synchronized void publish(Catalog catalog, Schema schema) {
        catalog.become(schema);
        if (catalog.database().getReferentialIntegrity() && !catalogs.containsKey(schema)) {
            catalogs.put(schema, catalog);
        }
    }

    /** Ends a session on a catalog. */
    synchronized void release(Catalog catalog) {
        catalog.lease(-1);
        if (catalog.leases() == 0 && !catalogs.containsValue(catalog)) {
            drop(catalog);
        }
    }

    /** Closes all catalogs. Idempotent. */
    @Override
    public synchronized void close() {
        List.copyOf(byUse).forEach(this::drop);
    }
}
