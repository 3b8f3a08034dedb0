package dev.argondb.orm.sql;

import dev.argondb.engine.ArgonDatabase;
import dev.argondb.engine.schema.CollectionSchema;
import dev.argondb.engine.schema.KeyKind;
import dev.argondb.engine.schema.Schema;
import dev.argondb.engine.schema.SchemaObject;
import dev.argondb.engine.work.UnitOfWork;
import dev.argondb.orm.sql.SqlText.Token;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.command.Prepared;
import org.h2.command.ddl.CreateTableData;
import org.h2.engine.Database;
import org.h2.engine.DbObject;
import org.h2.engine.SessionLocal;
import org.h2.engine.Setting;
import org.h2.engine.User;
import org.h2.expression.Expression;
import org.h2.expression.ExpressionVisitor;
import org.h2.index.IndexType;
import org.h2.jdbc.JdbcConnection;
import org.h2.message.DbException;
import org.h2.schema.Sequence;
import org.h2.table.Column;
import org.h2.table.IndexColumn;
import org.h2.table.Table;
import org.h2.table.TableBase;
import org.h2.table.TableView;
import org.h2.util.MathUtils;
import org.h2.util.StringUtils;
import org.jspecify.annotations.Nullable;

/**
 * One in-memory H2 database that holds the definitions of one schema, and no rows. All branches at that schema share it.
 *
 * <p>Built by running the statements that the schema's objects carry, under their ids. Thread-safe, but for its definitions,
 * which change only while one session has the catalog to itself.
 */
final class Catalog {

    /** An H2 database without content. */
    static final String PARSER_URL = "jdbc:h2:mem:;DATABASE_TO_LOWER=TRUE";

    private static final int STATEMENTS_REMEMBERED = 2000;
    private static final String USER = "argon";
    private static final String SETTINGS = ";DB_CLOSE_DELAY=-1;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE"
            + ";QUERY_CACHE_SIZE=256;ANALYZE_AUTO=0;TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0"
            + ";DEFAULT_TABLE_ENGINE=" + ArgonTableEngine.class.getName()
            + ";DATABASE_EVENT_LISTENER='" + CatalogEvents.class.getName() + "'";

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Map<Database, Catalog> BY_DATABASE = new ConcurrentHashMap<>();
    private static final ThreadLocal<@Nullable Catalog> OPENING = new ThreadLocal<>();

    private final SqlEngine engine;
    private final String name = "argon-" + COUNT.incrementAndGet() + "/argon";
    private final String password = StringUtils.convertBytesToHex(MathUtils.secureRandomBytes(16));
    private final JdbcConnection root;
    private final Database database;
    private final User user;
    /** By the objects themselves: H2 gives the ids of dropped objects to new ones. */
    private final Map<DbObject, Integer> ids = new IdentityHashMap<>();

    /** By the counters themselves, whose hash changes when they are dropped. Never changed, but exchanged by DDL. */
    private volatile Map<Sequence, ArgonSequence> sequences = new IdentityHashMap<>();

    private final Map<String, StatementTraits> traits = new ConcurrentHashMap<>();
    private volatile @Nullable Map<String, Set<ArgonSequence>> drawingTables;
    private final AtomicInteger admins = new AtomicInteger();
    private final ConcurrentLinkedDeque<JdbcConnection> idle = new ConcurrentLinkedDeque<>();
    private final Map<Integer, SqlSession> attached = new ConcurrentHashMap<>();
    /** What each session has seen; guarded by this. */
    private final Map<SessionLocal, SeenTables> seen = new WeakHashMap<>();

    private volatile @Nullable Binding[] bindings = new Binding[16];
    private @Nullable Table meta;
    private @Nullable Schema schema;
    /** Null while definitions change, and until it is asked for. */
    private volatile @Nullable QueriesInDefinitions queries;

    private final ReentrantLock definitionsRun = new ReentrantLock();
    private @Nullable Schema building;
    private @Nullable Ddl ddl;
    /** How many sessions are open; guarded by the engine. */
    private int leases;

    /** Builds the catalog of a schema. */
    Catalog(SqlEngine engine, Schema schema) {
        this.engine = engine;
        OPENING.set(this);
        try {
            root = new JdbcConnection("jdbc:h2:mem:" + name + SETTINGS, new Properties(), "root", password, false);
            database = ((SessionLocal) root.getSession()).getDatabase();
            BY_DATABASE.put(database, this);
            user = createUser();
            build(schema);
        } catch (SQLException e) {
            throw new AssertionError("the catalog of a stored schema cannot be built: " + e.getMessage(), e);
        } finally {
            OPENING.remove();
        }
    }

    /** Returns the catalog that this thread is opening. */
    static Catalog opening() {
        Catalog catalog = OPENING.get();
        if (catalog == null) {
            throw new AssertionError("H2 opens a catalog that nobody asked for");
        }
        return catalog;
    }

    /** Returns the catalog of an H2 database. */
    static Catalog of(Database database) {
        Catalog catalog = BY_DATABASE.get(database);
        if (catalog == null) {
            throw new AssertionError("H2 database `" + database + "` is no catalog");
        }
        return catalog;
    }

    private User createUser() throws SQLException {
        try (var statement = root.createStatement()) {
            statement.execute("CREATE USER " + USER + " PASSWORD '" + password + "'");
            statement.execute("GRANT ALTER ANY SCHEMA TO " + USER);
        }
        return database.getUser(USER);
    }

    // building

    private void build(Schema toBuild) {
        building = toBuild;
        List<SchemaObject> pending = toBuild.objects().stream()
                .filter(object -> !object.sql().isEmpty())
                .sorted(Comparator.comparingInt(SchemaObject::order).thenComparingInt(SchemaObject::id))
                .toList();
        SessionLocal session = database.getSystemSession();
        session.lock();
        session.setQuirksMode(true); // as H2 reads its own statements at its start
        try {
            SystemSchema.install(database, session);
            while (!pending.isEmpty()) {
                pending = create(session, pending);
            }
            session.commit(true);
            recompileViews(session);
        } finally {
            session.setQuirksMode(false);
            session.unlock();
            building = null;
        }
        for (DbObject object : objects()) {
            ids.put(object, object.getId());
        }
        become(toBuild);
    }

    /** Returns what H2 has and a schema stores: no system or temporary objects. */
    List<DbObject> objects() {
        List<DbObject> objects = new ArrayList<>();
        for (org.h2.schema.Schema h2Schema : database.getAllSchemasNoMeta()) {
            if (h2Schema.canDrop()) {
                objects.add(h2Schema);
            }
            for (org.h2.schema.SchemaObject object : h2Schema.getAll(null)) {
                if (!object.isTemporary() && object.getId() > 0) {
                    objects.add(object);
                }
            }
        }
        return objects;
    }

    /** Creates objects; returns those that must wait for another one. */
    private List<SchemaObject> create(SessionLocal session, List<SchemaObject> objects) {
        List<SchemaObject> waiting = new ArrayList<>();
        DbException failure = null;
        for (SchemaObject object : objects) {
            try {
                create(session, object);
            } catch (DbException e) {
                failure = e;
                waiting.add(object);
            }
        }
        if (failure != null && waiting.size() == objects.size()) {
            throw failure;
        }
        return waiting;
    }

    private void create(SessionLocal session, SchemaObject object) {
        reserveId(session, object.id());
        Prepared statement = session.prepare(object.sql());
        statement.setPersistedObjectId(object.id());
        statement.update();
        if (object.kind().equals(SchemaKind.SEQUENCE.text())) {
            adoptSequence(findSequence(object.id()), object.id());
        }
    }

    /** Makes H2 count an id as taken, so that it may give it to an object: it does so for any object it is told of. */
    private void reserveId(SessionLocal session, int id) {
        Setting holder = new Setting(database, id, "RESERVED");
        holder.setTemporary(true);
        database.updateMeta(session, holder);
    }

    private Sequence findSequence(int id) {
        for (org.h2.schema.Schema h2Schema : database.getAllSchemasNoMeta()) {
            for (Sequence sequence : h2Schema.getAllSequences()) {
                if (sequence.getId() == id) {
                    return sequence;
                }
            }
        }
        throw new AssertionError("sequence " + id + " was not created");
    }

    private void recompileViews(SessionLocal session) {
        boolean progress = true;
        while (progress) {
            progress = false;
            for (org.h2.schema.Schema h2Schema : database.getAllSchemasNoMeta()) {
                for (Table table : h2Schema.getAllTablesAndViews(null)) {
                    if (table instanceof TableView view && view.isInvalid()) {
                        view.recompile(session, true, false);
                        progress |= !view.isInvalid();
                    }
                }
            }
        }
    }

    /** Takes H2's system table, whose rows say what there is. */
    void setMeta(Table table) {
        meta = table;
    }

    /** Returns H2's system table: one row for each object, with the statement that creates it. */
    Table meta() {
        Table table = meta;
        if (table == null) {
            throw new AssertionError("H2 made no system table");
        }
        return table;
    }

    Database database() {
        return database;
    }

    ArgonDatabase argon() {
        return engine.database();
    }

    /** Returns the schema it is the catalog of; null while it is being changed, and after that failed. */
    synchronized @Nullable Schema schema() {
        return schema;
    }

    /** Says which schema it is the catalog of from now on. */
    synchronized void become(@Nullable Schema next) {
        schema = next;
        queries = null;
    }

    /** Returns the queries in definitions, found when first asked for; null while definitions change. */
    private @Nullable QueriesInDefinitions queries() {
        QueriesInDefinitions known = queries;
        return known != null ? known : findQueries();
    }

    private synchronized @Nullable QueriesInDefinitions findQueries() {
        QueriesInDefinitions found = schema == null ? null : QueriesInDefinitions.of(schema);
        queries = found;
        return found;
    }

    /** Returns whether a view, a default or another definition may read a collection; true while definitions change. */
    boolean isReadByDefinitions(int collectionId) {
        QueriesInDefinitions inside = queries();
        return inside == null || inside.tables().contains(collectionId);
    }

    /**
     * A write begins to run defaults, generated columns and checks. Those with queries run for one session at a time, as H2
     * has one of each for all. Returns whether it must be ended.
     */
    boolean beginDefinitions() {
        QueriesInDefinitions inside = queries();
        if (inside != null && !inside.runByWrites()) {
            return false;
        }
        definitionsRun.lock();
        return true;
    }

    /** Ends {@link #beginDefinitions}. */
    void endDefinitions() {
        definitionsRun.unlock();
    }

    /** Returns how many sessions are open. The caller holds the engine's lock. */
    int leases() {
        return leases;
    }

    /** Counts sessions. The caller holds the engine's lock. */
    void lease(int more) {
        leases += more;
    }

    /** Returns the ids that H2's objects have in the schema. */
    Map<DbObject, Integer> ids() {
        return ids;
    }

    long nextRowId() {
        return argon().nextRowId();
    }

    // tables and indexes, as H2 creates them

    /** Makes a table for H2. */
    TableBase createTable(CreateTableData data) {
        Ddl running = ddl;
        if (running != null) {
            return new ArgonTable(data, this, running::create);
        }
        Schema from = building;
        if (from == null) {
            throw DbException.getUnsupportedException("CREATE TABLE outside of a DDL statement of its own");
        }
        return new ArgonTable(data, this, table -> stored(from, data.id));
    }

    private static CollectionSchema stored(Schema schema, int id) {
        CollectionSchema collection = schema.collection(id);
        if (collection == null) {
            throw new AssertionError("table " + id + " has no collection in its schema");
        }
        return collection;
    }

    /** Makes an index for H2. */
    ArgonIndex createIndex(
            SessionLocal session,
            ArgonTable table,
            String indexName,
            int indexId,
            IndexColumn[] columns,
            int uniqueColumns,
            IndexType type) {
        Ddl running = ddl;
        if (running != null) {
            return running.createIndex(session, table, indexName, indexId, columns, uniqueColumns, type);
        }
        if (table.collection().indexPosition(indexId) >= 0) {
            return new TreeIndex(table, indexId, indexName, columns, uniqueColumns, type, indexId);
        }
        return keyIndex(table, indexName, indexId, columns, type);
    }

    static ArgonIndex keyIndex(ArgonTable table, String indexName, int indexId, IndexColumn[] columns, IndexType type) {
        return table.collection().keyKind() == KeyKind.LONG
                ? new IntegerKeyIndex(table, indexId, indexName, columns, type, table.rows())
                : new TupleKeyIndex(table, indexId, indexName, columns, type);
    }

    void dropKey(ArgonTable table) {
        if (ddl != null) {
            ddl.dropKey(table);
        }
    }

    void dropIndex(ArgonTable table, TreeIndex index) {
        if (ddl != null) {
            ddl.dropIndex(table, index);
        }
    }

    void dropTable() {
        if (ddl != null) {
            ddl.dropTable();
        }
    }

    /** Sets what makes tables from now on. */
    void setDdl(@Nullable Ddl running) {
        ddl = running;
    }

    // sequences

    /** Returns Argon's side of a sequence, or null where H2 counts it itself. */
    @Nullable
    ArgonSequence sequence(@Nullable Sequence counter) {
        return counter == null ? null : sequences.get(counter);
    }

    /** Takes a sequence over from H2. */
    ArgonSequence adoptSequence(Sequence counter, int id) {
        ArgonSequence sequence = new ArgonSequence(counter, id, argon().sequences(), engine.sequenceLock(id));
        Map<Sequence, ArgonSequence> more = new IdentityHashMap<>(sequences);
        more.put(counter, sequence);
        sequences = more;
        return sequence;
    }

    /** Returns all sequences by ascending id. */
    List<ArgonSequence> sequences() {
        return sequences.values().stream()
                .sorted(Comparator.comparingInt(ArgonSequence::id))
                .toList();
    }

    /** Forgets sequences that H2 has no more, and all that was known of statements. */
    void definitionsChanged() {
        Map<Sequence, ArgonSequence> valid = new IdentityHashMap<>(sequences);
        valid.keySet().removeIf(counter -> !counter.isValid());
        sequences = valid;
        drawingTables = null;
        traits.clear();
    }

    // statements

    /** Returns what must be done around a statement. */
    StatementTraits traits(String sql) {
        StatementTraits known = traits.get(sql);
        if (known == null) {
            known = readTraits(sql);
            if (traits.size() >= STATEMENTS_REMEMBERED) {
                traits.clear();
            }
            traits.put(sql, known);
        }
        return known;
    }

    private StatementTraits readTraits(String sql) {
        String upper = sql.toUpperCase(Locale.ROOT);
        boolean mayDraw = upper.contains("NEXT")
                || upper.contains("SEQUENCES")
                || !drawingTables().isEmpty();
        boolean mayDefine = upper.contains("CREATE")
                || upper.contains("ALTER")
                || upper.contains("TRUNCATE")
                || upper.contains("REFERENTIAL");
        if (!mayDraw && !mayDefine) {
            return StatementTraits.PLAIN;
        }
        SqlStatement statement = SqlStatement.of(sql);
        boolean redefines = statement.kind() == SqlStatementKind.DDL && statement.redefinesSequences();
        boolean asAdmin =
                statement.kind() == SqlStatementKind.DDL || statement.kind() == SqlStatementKind.LOCAL_TEMP_DDL;
        List<ArgonSequence> touched = redefines ? sequences() : mayDraw ? drawn(statement) : List.of();
        return new StatementTraits(asAdmin, touched, redefines);
    }

    /** Returns the sequences that a statement names, or that defaults of tables draw from which it names. */
    private List<ArgonSequence> drawn(SqlStatement statement) {
        boolean byName = statement.namesSequences();
        boolean all = byName && statement.tokens().stream().anyMatch(token -> token.isName("SEQUENCES"));
        Set<ArgonSequence> drawn = new HashSet<>();
        for (Token token : statement.tokens()) {
            drawn.addAll(drawingTables().getOrDefault(token.text().toLowerCase(Locale.ROOT), Set.of()));
        }
        return sequences().stream()
                .filter(sequence -> all || drawn.contains(sequence) || (byName && isNamed(sequence, statement)))
                .toList();
    }

    private static boolean isNamed(ArgonSequence sequence, SqlStatement statement) {
        return statement.tokens().stream()
                .anyMatch(token -> sequence.counter().getName().equalsIgnoreCase(token.text()));
    }

    /**
     * Returns the tables, by name in lower case, whose columns draw from sequences other than by being identities, and the
     * views whose queries do.
     */
    private Map<String, Set<ArgonSequence>> drawingTables() {
        Map<String, Set<ArgonSequence>> known = drawingTables;
        if (known == null) {
            known = findDrawingTables();
            drawingTables = known;
        }
        return known;
    }

    private Map<String, Set<ArgonSequence>> findDrawingTables() {
        Map<String, Set<ArgonSequence>> found = new HashMap<>();
        for (DbObject object : objects()) {
            if (object instanceof ArgonTable table) {
                Set<ArgonSequence> drawn = drawnBy(table);
                if (!drawn.isEmpty()) {
                    found.computeIfAbsent(table.getName().toLowerCase(Locale.ROOT), name -> new HashSet<>())
                            .addAll(drawn);
                }
            }
        }
        addDrawingViews(found);
        return found;
    }

    /** Views stand on views: again until none is added. */
    private void addDrawingViews(Map<String, Set<ArgonSequence>> found) {
        boolean isAdded = true;
        while (isAdded) {
            isAdded = false;
            for (DbObject object : objects()) {
                if (object instanceof TableView view) {
                    Set<ArgonSequence> drawn = drawnBy(view, found);
                    isAdded |= !drawn.isEmpty()
                            && found.computeIfAbsent(view.getName().toLowerCase(Locale.ROOT), name -> new HashSet<>())
                                    .addAll(drawn);
                }
            }
        }
    }

    private Set<ArgonSequence> drawnBy(TableView view, Map<String, Set<ArgonSequence>> found) {
        SqlStatement query = SqlStatement.of(view.getQuerySQL());
        Set<ArgonSequence> drawn = new HashSet<>();
        for (Token token : query.tokens()) {
            drawn.addAll(found.getOrDefault(token.text().toLowerCase(Locale.ROOT), Set.of()));
        }
        if (query.namesSequences()) {
            sequences().stream().filter(sequence -> isNamed(sequence, query)).forEach(drawn::add);
        }
        return drawn;
    }

    private Set<ArgonSequence> drawnBy(ArgonTable table) {
        HashSet<DbObject> dependencies = new HashSet<>();
        for (Column column : table.getColumns()) {
            collect(column.getEffectiveDefaultExpression(), dependencies);
            collect(column.getEffectiveOnUpdateExpression(), dependencies);
        }
        Set<ArgonSequence> drawn = new HashSet<>();
        for (DbObject dependency : dependencies) {
            ArgonSequence sequence = dependency instanceof Sequence counter ? sequences.get(counter) : null;
            if (sequence != null) {
                drawn.add(sequence);
            }
        }
        return drawn;
    }

    private static void collect(@Nullable Expression expression, HashSet<DbObject> dependencies) {
        if (expression != null) {
            expression.isEverything(ExpressionVisitor.getDependenciesVisitor(dependencies));
        }
    }

    /** H2 asks for an administrator from now on, and gets one: {@link SqlStatement} has refused what must not run. */
    void beginAdmin() {
        if (admins.getAndIncrement() == 0) {
            user.setAdmin(true);
        }
    }

    /** Ends {@link #beginAdmin}. */
    void endAdmin() {
        if (admins.decrementAndGet() == 0) {
            user.setAdmin(false);
        }
    }

    // sessions

    /** Returns the unit of work of a session, or null. */
    @Nullable
    UnitOfWork work(SessionLocal session) {
        @Nullable Binding[] all = bindings;
        int id = session.getId();
        Binding binding = id < all.length ? all[id] : null;
        return binding == null ? null : binding.work();
    }

    /** Returns the binding of the session whose statement this thread runs, or null. */
    @Nullable
    Binding lockedByThisThread() {
        for (Binding binding : bindings) {
            if (binding != null && binding.runsInThisThread()) {
                return binding;
            }
        }
        return null;
    }

    /** Binds a session to a unit of work, or to none. */
    synchronized void bind(SessionLocal session, @Nullable UnitOfWork work) {
        int id = session.getId();
        @Nullable Binding[] all = bindings;
        Binding old = id < all.length ? all[id] : null;
        if (old != null) {
            old.close();
        }
        if (id >= all.length) {
            all = java.util.Arrays.copyOf(all, Math.max(all.length * 2, id + 1));
        }
        if (work == null) {
            all[id] = null;
        } else {
            SeenTables rows = seenBy(session);
            all[id] = new Binding(this, session, work, rows);
            if (rows.takeOutgrown()) {
                forgetStatements(session);
            }
        }
        bindings = all;
    }

    /** Has H2 plan the statements of a session anew: it offers no other way that touches this session alone. */
    private static void forgetStatements(SessionLocal session) {
        session.setCurrentSchema(session.getDatabase().getSchema(session.getCurrentSchemaName()));
    }

    private SeenTables seenBy(SessionLocal session) {
        return seen.computeIfAbsent(session, one -> new SeenTables(database));
    }

    /** A session that is bound writes to a table. */
    void registerWrite(SessionLocal session, int collectionId) {
        Binding binding = bindings[session.getId()];
        if (binding != null) {
            binding.write(collectionId);
        }
    }

    /** Says which of Argon's sessions an H2 session serves; null for none any more. */
    void attach(SessionLocal session, @Nullable SqlSession owner) {
        if (owner == null) {
            attached.remove(session.getId());
        } else {
            attached.put(session.getId(), owner);
        }
    }

    /** Returns which of Argon's sessions an H2 session serves, or null. */
    @Nullable
    SqlSession attached(SessionLocal session) {
        return attached.get(session.getId());
    }

    /** Opens a session: an idle one, or a new one. */
    JdbcConnection connect() throws SQLException {
        JdbcConnection kept = idle.poll();
        if (kept != null) {
            return kept;
        }
        JdbcConnection connection = new JdbcConnection("jdbc:h2:mem:" + name, new Properties(), USER, password, true);
        connection.setAutoCommit(false);
        SystemSchema.putOnSearchPath((SessionLocal) connection.getSession());
        return connection;
    }

    /** Keeps a session for the next one who asks; it holds no state. */
    void keep(JdbcConnection connection) {
        idle.push(connection);
    }

    /** Ends the catalog with all its sessions. Idempotent. */
    void close() {
        if (BY_DATABASE.remove(database) != null) {
            try (var statement = root.createStatement()) {
                statement.execute("SHUTDOWN IMMEDIATELY");
            } catch (SQLException e) {
                if (!root.getSession().isClosed()) {
                    throw new AssertionError("a catalog cannot be closed", e);
                }
            }
        }
    }
}
