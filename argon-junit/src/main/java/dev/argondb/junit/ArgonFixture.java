package dev.argondb.junit;

import dev.argondb.Argon;
import dev.argondb.Branch;
import dev.argondb.BranchOptions;
import dev.argondb.BranchScope;
import dev.argondb.DocumentDiff;
import dev.argondb.InvalidRequestException;
import dev.argondb.Lsn;
import dev.argondb.Ref;
import dev.argondb.engine.ArgonDatabase;
import dev.argondb.engine.Sequences;
import dev.argondb.orm.jdbc.ArgonDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ParameterResolutionException;

/**
 * A test's handle on its branch: what the branch is called, and a way back to an earlier moment of the test.
 *
 * <pre>{@code
 * Lsn before = fixture.mark();
 * service.placeOrder();
 * fixture.rollbackTo(before);
 * }</pre>
 *
 * <p>Confined to the test's thread, but for {@link #argon}, {@link #branch}, {@link #enter} and {@link #dataSource}.
 */
public final class ArgonFixture implements AutoCloseable {

    private static final Set<String> PLAIN_TYPES = Set.of(
            ArgonFixture.class.getName(),
            Argon.class.getName(),
            Branch.class.getName(),
            DataSource.class.getName(),
            Connection.class.getName());

    private static final Pattern UNREADABLE = Pattern.compile("[^\\p{L}\\p{N}._-]");

    private static final AtomicLong MADE = new AtomicLong();

    private final SharedDatabase database;
    private final BranchPlan plan;
    private final Branch made;
    private final ArgonDataSource connections;
    private final List<Connection> opened = new ArrayList<>(0);
    private final Map<Lsn, Map<Integer, Long>> marks = new HashMap<>(0);
    private @Nullable BranchPersistence persistence;
    private volatile boolean isEntered;
    private boolean isKept;
    private boolean isClosed;

    private ArgonFixture(SharedDatabase database, BranchPlan plan, Branch made) {
        this.database = database;
        this.plan = plan;
        this.made = made;
        this.connections = ArgonDataSource.of(database.argon(), new Ref.Head(made.name()));
    }

    /** Makes the branch of a test. */
    static ArgonFixture create(SharedDatabase database, BranchPlan plan, String title) {
        return new ArgonFixture(database, plan, createBranch(database, plan, title));
    }

    /** Makes a branch for a test or a test class. */
    static Branch createBranch(SharedDatabase database, BranchPlan plan, String title) {
        Ref from = plan.from().map(Ref::parse).orElseGet(database::from);
        return database.argon().createBranch(freeName(database.argon(), title), from, BranchOptions.PRIVATE_SEQUENCES);
    }

    /** Returns a name that says whose branch it is, and that neither this run nor a kept branch of an earlier one has. */
    private static String freeName(Argon argon, String title) {
        String readable = UNREADABLE.matcher(title).replaceAll("_");
        String prefix = "test/" + readable.substring(0, Math.min(readable.length(), Ref.MAX_NAME_LENGTH - 30)) + "/";
        String name = prefix + MADE.incrementAndGet();
        while (argon.findBranch(name).isPresent()) {
            name = prefix + MADE.incrementAndGet();
        }
        return name;
    }

    /** Returns whether values of a type can be given to tests. */
    static boolean provides(Class<?> type) {
        return PLAIN_TYPES.contains(type.getName()) || BranchPersistence.TYPES.contains(type.getName());
    }

    /** Returns the database. */
    public Argon argon() {
        return database.argon();
    }

    /** Returns the test's branch as it is now. */
    public Branch branch() {
        return argon().branch(made.name());
    }

    /**
     * Enters the scope of the test's branch in this thread: what opens sessions and connections without naming a ref is on it then.
     * A framework's test is within it already; threads that the test starts itself are not.
     *
     * <pre>{@code
     * executor.submit(() -> {
     *     try (BranchScope scope = fixture.enter()) {
     *         service.placeOrder();
     *     }
     * });
     * }</pre>
     */
    public BranchScope enter() {
        isEntered = true;
        return BranchScope.enter(new Ref.Head(made.name()));
    }

    /** Returns connections to the test's branch. */
    public DataSource dataSource() {
        return connections;
    }

    /**
     * Remembers this moment of the branch and its sequences. What is not committed is no part of it.
     *
     * @throws InvalidRequestException if nothing was ever committed on the branch or before it
     */
    public Lsn mark() {
        Lsn head = engine().mark(made.name())
                .orElseThrow(() -> new InvalidRequestException(
                        "`" + made.name() + "` has no commit to mark; create the tables first"));
        marks.put(head, engine().sequenceValues(made.id()));
        return head;
    }

    /**
     * Takes the branch back to an earlier moment: rows and schema, and at a {@link #mark} the sequences as well. What the test was
     * given stays usable: its session forgets all entities, its connection is rolled back, and no entry of a second-level cache
     * from before is read again. Sessions the test opened itself must be opened anew.
     *
     * @throws dev.argondb.UnknownRefException if the moment is none of the branch's
     * @throws InvalidRequestException if the test's session is inside a transaction, or the test itself in one of its framework's
     */
    public void rollbackTo(Lsn moment) {
        database.requireIdle();
        if (persistence != null) {
            persistence.requireIdle();
        }
        long before = branch().epoch();
        rollBackConnections();
        Branch after = argon().resetBranch(made.name(), moment);
        Map<Integer, Long> steps = marks.get(moment);
        if (steps != null && after.epoch() != before) {
            restartSequences(steps);
        }
        if (persistence != null) {
            persistence.close();
        }
    }

    /** Returns a value of one of the types that {@link #provides} knows. */
    Object provide(Class<?> type) {
        if (type == ArgonFixture.class) {
            return this;
        }
        Object ofFramework = database.provide(type);
        if (ofFramework != null) {
            return ofFramework;
        }
        if (type == Argon.class) {
            return argon();
        }
        if (type == Branch.class) {
            return branch();
        }
        if (type == DataSource.class) {
            return connections;
        }
        return type == Connection.class ? openConnection() : persistence(type).provide(type);
    }

    private Connection openConnection() {
        try {
            Connection connection = connections.getConnection();
            opened.add(connection);
            return connection;
        } catch (SQLException e) {
            throw new ParameterResolutionException("cannot connect to branch `" + made.name() + "`", e);
        }
    }

    private BranchPersistence persistence(Class<?> type) {
        BranchPersistence present = persistence;
        if (present != null) {
            return present;
        }
        Object factory = database.sessionFactory();
        if (factory == null) {
            throw new ParameterResolutionException("`" + type.getSimpleName()
                    + "` needs a session factory: let the @ArgonDatabase" + " member supply a `BranchSessionFactory`");
        }
        BranchPersistence bound = new BranchPersistence(factory, made.name());
        persistence = bound;
        return bound;
    }

    /** Sequences made after the mark are gone with it, and begin anew if they come back. */
    private void restartSequences(Map<Integer, Long> steps) {
        Sequences sequences = engine().sequences();
        for (Integer sequence : engine().sequenceValues(made.id()).keySet()) {
            sequences.restart(made.id(), sequence, steps.getOrDefault(sequence, 0L));
        }
    }

    private ArgonDatabase engine() {
        try {
            return connections.unwrap(ArgonDatabase.class);
        } catch (SQLException e) {
            throw new InvalidRequestException("the database of branch `" + made.name() + "` is not open", e);
        }
    }

    private void rollBackConnections() {
        for (Connection connection : opened) {
            try {
                if (!connection.isClosed() && !connection.getAutoCommit()) {
                    connection.rollback();
                }
            } catch (SQLException e) {
                throw new InvalidRequestException("cannot roll back a connection of branch `" + made.name() + "`", e);
            }
        }
    }

    /** Returns whether a framework whose test this is took part in it. */
    boolean isEnteredAsNeeded() {
        return isEntered || !database.isOfOneTest();
    }

    /** Returns whether a thread is to be within the scope of the branch and is not. */
    boolean isToBeEntered() {
        return database.isOfOneTest() && BranchScope.find().isEmpty();
    }

    boolean isKeptOnFailure() {
        return plan.keepOnFailure();
    }

    /** Returns what the test has committed, where its failure is to list that; empty for nothing. */
    List<DocumentDiff> changesToReport() {
        if (!plan.changesOnFailure() || made.baseLsn().isEmpty()) {
            return List.of();
        }
        Ref before = new Ref.AtLsn(made.name(), made.baseLsn().get());
        return argon().diff(before, new Ref.Head(made.name()));
    }

    /** Lets the branch live on after the test, and returns its name. */
    String keep() {
        isKept = true;
        return made.name();
    }

    /** Closes what the test was given and drops the branch, unless it is kept. Idempotent; Jupiter calls it. */
    @Override
    public void close() throws SQLException {
        if (isClosed) {
            return;
        }
        isClosed = true;
        try {
            closeOpened();
        } finally {
            if (!isKept) {
                argon().findBranch(made.name()).ifPresent(branch -> argon().deleteBranch(branch.name()));
            }
        }
    }

    private void closeOpened() throws SQLException {
        if (persistence != null) {
            persistence.close();
        }
        for (Connection connection : opened) {
            connection.close();
        }
        connections.close();
    }
}
