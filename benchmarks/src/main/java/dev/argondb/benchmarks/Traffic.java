package dev.argondb.benchmarks;

import dev.argondb.engine.ArgonDatabase;
import dev.argondb.orm.jdbc.ArgonConnection;
import dev.argondb.orm.jdbc.ArgonDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Users of one database, each with a connection that stays open: writers, and readers of the head, of the past, and of one
 * moment for long. What goes wrong on a connection is counted and told, and the work goes on.
 *
 * <p>Confined to one thread, but for the threads it starts itself.
 */
final class Traffic implements AutoCloseable {

    private static final int WRITERS = 2;
    private static final int ROW_CHARS = 1_000;
    private static final String UPDATE = "update page set version = version + 1, text = ? where id = ?";

    /** How long a writer pauses after each commit. */
    static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private static final int LOOKS = 100;

    private final String name;
    private final String url;
    private final Duration window;
    private final int rows;
    private final AtomicLong errors = new AtomicLong();
    private final List<Connection> connections = new ArrayList<>();
    private final List<Connection> writers = new ArrayList<>();
    private final Connection headReader;
    private final Connection pastReader;
    private final Connection holder;

    Traffic(String name, String location, Duration window, int rows) {
        this.name = name;
        this.url = "jdbc:argon:" + location;
        this.window = window;
        this.rows = rows;
        try (Sql sql = Sql.open(url)) {
            sql.execute("create table page (id bigint primary key, version int not null, text varchar not null)");
            sql.inTransaction(this::insertRows);
        }
        for (int i = 0; i < WRITERS; i++) {
            writers.add(connect());
        }
        this.headReader = connect();
        this.pastReader = connect();
        this.holder = connect();
    }

    private int insertRows(Connection connection) throws SQLException {
        SplittableRandom random = new SplittableRandom(1);
        try (PreparedStatement insert =
                connection.prepareStatement("insert into page (id, version, text) values (?, 0, ?)")) {
            for (int id = 0; id < rows; id++) {
                insert.setLong(1, id);
                insert.setString(2, text(random));
                insert.addBatch();
            }
            return insert.executeBatch().length;
        }
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder(ROW_CHARS + 16);
        while (text.length() < ROW_CHARS) {
            text.append(Long.toString(random.nextLong(), 36));
        }
        return text.toString();
    }

    private Connection connect() {
        try {
            Connection connection = DriverManager.getConnection(url);
            connections.add(connection);
            return connection;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    String name() {
        return name;
    }

    /** Returns what went wrong so far. */
    long errors() {
        return errors.get();
    }

    /** Lets the window pass, so that all of it is history of this database. */
    void waitForWindow() {
        pause(window.toNanos());
    }

    static void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Work that may fail. */
    @FunctionalInterface
    private interface Work {
        void run() throws SQLException;
    }

    private Thread start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (SQLException | RuntimeException | Error e) {
                        failed(name, e);
                    }
                },
                name);
        thread.start();
        return thread;
    }

    private void failed(String name, Throwable e) {
        if (errors.incrementAndGet() <= 10) {
            System.out.println(name + " of " + url + " failed: " + e);
        }
    }

    /**
     * Lets each writer make so many commits, beside the readers; returns how long the commits took, in nanoseconds.
     *
     * @param look called {@value #LOOKS} times by one of the writers, between its commits
     */
    Samples slice(int commitsPerWriter, Runnable look) {
        AtomicBoolean isOver = new AtomicBoolean();
        List<Thread> readers = List.of(
                start("reader of the head", () -> repeat(isOver, this::readHead)),
                start("reader of the past", () -> repeat(isOver, this::readPast)),
                start("holder of a moment", () -> hold(isOver)));
        List<Samples> times = new ArrayList<>();
        List<Thread> writing = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            Samples own = new Samples();
            times.add(own);
            writing.add(start("writer", () -> write(writer, commitsPerWriter, own, writer == 0 ? look : () -> {})));
        }
        writing.forEach(Traffic::join);
        isOver.set(true);
        readers.forEach(Traffic::join);
        Samples all = new Samples();
        times.forEach(all::addAll);
        return all;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the users work", e);
        }
    }

    /** Changes rows that no other writer changes. */
    private void write(int writer, int commits, Samples times, Runnable look) throws SQLException {
        SplittableRandom random = new SplittableRandom(System.nanoTime());
        try (PreparedStatement update = writers.get(writer).prepareStatement(UPDATE)) {
            for (int i = 0; i < commits; i++) {
                update.setString(1, text(random));
                update.setLong(2, (long) random.nextInt(rows / WRITERS) * WRITERS + writer);
                long start = System.nanoTime();
                update.executeUpdate();
                times.add(System.nanoTime() - start);
                pause(PAUSE_NANOS);
                if (i % Math.max(1, commits / LOOKS) == 0) {
                    look.run();
                }
            }
        }
    }

    private static void repeat(AtomicBoolean isOver, Work work) throws SQLException {
        while (!isOver.get()) {
            work.run();
            pause(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    private void readHead() throws SQLException {
        requireLongText(headReader);
    }

    private void readPast() throws SQLException {
        Instant moment = Instant.now().minus(window.dividedBy(2));
        pastReader.unwrap(ArgonConnection.class).checkout("main@" + moment);
        requireLongText(pastReader);
    }

    private void requireLongText(Connection connection) throws SQLException {
        long id = Math.floorMod(System.nanoTime(), (long) rows);
        if (number(connection, "select char_length(text) from page where id = " + id) < ROW_CHARS) {
            throw new IllegalStateException("row " + id + " is not what was written");
        }
    }

    private void hold(AtomicBoolean isOver) throws SQLException {
        holder.setAutoCommit(false);
        long sum = number(holder, "select sum(version) from page where id <> -1");
        int never = -2;
        while (!isOver.get()) {
            if (number(holder, "select sum(version) from page where id <> " + never--) != sum) {
                throw new IllegalStateException("a transaction sees what was committed after its beginning");
            }
            pause(TimeUnit.MILLISECONDS.toNanos(50));
        }
        holder.commit();
    }

    private static long number(Connection connection, String sql) throws SQLException {
        return Sql.number(connection, sql);
    }

    /** Lets the window pass without a writer; then does what the storage would do by itself after a while. */
    void settle() {
        waitForWindow();
        try (ArgonDataSource source = new ArgonDataSource(url)) {
            ArgonDatabase database = source.unwrap(ArgonDatabase.class);
            database.snapshot();
            waitForWindow();
            database.retain();
            database.retain();
        } catch (SQLException e) {
            failed("settling", e);
        }
    }

    /** Copies the rows as they are now into an empty database. */
    void copyLiveRows(Sql live) {
        live.execute("create table page (id bigint primary key, version int not null, text varchar not null)");
        live.inTransaction(this::copy);
    }

    private int copy(Connection target) throws SQLException {
        try (PreparedStatement insert =
                        target.prepareStatement("insert into page (id, version, text) values (?, ?, ?)");
                PreparedStatement query = headReader.prepareStatement("select id, version, text from page");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                insert.setLong(1, row.getLong(1));
                insert.setInt(2, row.getInt(2));
                insert.setString(3, row.getString(3));
                insert.addBatch();
            }
            return insert.executeBatch().length;
        }
    }

    @Override
    public void close() {
        for (Connection connection : connections) {
            try {
                connection.close();
            } catch (SQLException e) {
                failed("closing", e);
            }
        }
    }
}
