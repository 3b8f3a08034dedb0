package dev.argondb.orm.sql;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.h2.engine.Database;
import org.h2.engine.SessionLocal;
import org.h2.schema.FunctionAlias;
import org.h2.schema.MetaSchema;
import org.h2.schema.Schema;
import org.h2.table.Table;

/**
 * Schema {@code argon} of every catalog: read-only tables of branches, tags, commits and entries. Its functions stand in a
 * schema of their own, which is every session's search path, so that they need no prefix and no table is found by accident.
 * None of it is a definition that a state stores.
 *
 * <p>As thread-safe as H2's schemas.
 */
final class SystemSchema extends MetaSchema {

    /** The schema of the tables. */
    static final String TABLES = "ARGON";

    /** The schema of the functions. */
    static final String FUNCTIONS = "ARGON_FUNCTIONS";

    /** Below those of H2's own system schemas; objects with negative ids are not written down. */
    private static final int FIRST_ID = -1000;

    private final Map<String, Table> tables = new LinkedHashMap<>();

    private SystemSchema(Database database) {
        super(database, FIRST_ID, database.sysIdentifier(TABLES), database.getSystemUser());
        int id = FIRST_ID;
        for (SystemTable.Content content : SystemTable.Content.values()) {
            SystemTable table = new SystemTable(this, --id, content);
            tables.put(table.getName(), table);
        }
    }

    /** Adds both schemas to a new catalog, in a transaction of the session: its commit unlocks H2's system table. */
    static void install(Database database, SessionLocal session) {
        session.getTransaction();
        database.addDatabaseObject(session, new SystemSchema(database));
        int id = FIRST_ID - 100;
        Schema functions = new Schema(database, id, database.sysIdentifier(FUNCTIONS), database.getSystemUser(), true);
        database.addDatabaseObject(session, functions);
        for (String name : SystemFunctions.NAMES) {
            functions.add(FunctionAlias.newInstance(
                    functions, --id, database.sysIdentifier(name), SystemFunctions.method(name), false));
        }
    }

    /** Lets a session call the functions without a prefix. */
    static void putOnSearchPath(SessionLocal session) {
        session.setSchemaSearchPath(searchPath(session));
    }

    /** Returns whether a session has that search path and no other. */
    static boolean isOnSearchPath(SessionLocal session) {
        return Arrays.equals(session.getSchemaSearchPath(), searchPath(session));
    }

    private static String[] searchPath(SessionLocal session) {
        return new String[] {session.getDatabase().sysIdentifier(FUNCTIONS)};
    }

    @Override
    protected Map<String, Table> getMap(SessionLocal session) {
        return tables;
    }
}
