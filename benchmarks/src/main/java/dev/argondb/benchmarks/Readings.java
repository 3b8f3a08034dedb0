package dev.argondb.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.SplittableRandom;

/**
 * What {@link LargerThanMemory} does in a process of its own: one phase, {@code load}, {@code work} or {@code open}, on one
 * database of readings of sensors.
 *
 * <p>Confined to one thread.
 */
final class Readings {

    private static final int ROWS_PER_COMMIT = 1_000;
    private static final int ROWS_PER_RANGE = 1_000;
    private static final int UPDATES_PER_COMMIT = 10;
    private static final int ROWS_PER_SENSOR = 1_000;
    private static final int SENSORS_PER_JOIN = 10;
    private static final int OPENINGS = 7;
    private static final char[] TEXT = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".toCharArray();
    private static final String JOIN = "select count(*), sum(r.degrees), max(s.name) from reading r"
            + " join sensor s on s.id = r.sensor where s.id between ? and ? group by s.id order by s.id";

    private final String url;
    private final int rows;
    private final int calls;
    private final SplittableRandom random = new SplittableRandom(42);

    private Readings(String url, int rows, int calls) {
        this.url = url;
        this.rows = rows;
        this.calls = calls;
    }

    public static void main(String[] arguments) {
        Readings readings = new Readings(arguments[1], Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
        switch (arguments[0]) {
            case "load" -> readings.load();
            case "work" -> readings.work();
            case "open" -> readings.open();
            default -> throw new IllegalArgumentException("no phase `" + arguments[0] + "`");
        }
    }

    private int sensors() {
        return Math.max(SENSORS_PER_JOIN, rows / ROWS_PER_SENSOR);
    }

    private void load() {
        long start = System.nanoTime();
        try (Sql sql = Sql.open(url)) {
            sql.execute("create table sensor (id int primary key, name varchar(40) not null)");
            sql.execute("create table reading (id bigint primary key, sensor int not null, degrees int not null,"
                    + " payload varchar(200) not null)");
            sql.execute("create index reading_sensor on reading (sensor)");
            sql.inTransaction(this::insertSensors);
            for (int first = 0; first < rows; first += ROWS_PER_COMMIT) {
                int from = first;
                sql.inTransaction(open -> insertReadings(open, from, Math.min(from + ROWS_PER_COMMIT, rows)));
            }
        }
        Fork.tell("insert, µs/row", (System.nanoTime() - start) / 1e3 / rows);
    }

    private int insertSensors(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into sensor (id, name) values (?, ?)")) {
            for (int id = 0; id < sensors(); id++) {
                insert.setInt(1, id);
                insert.setString(2, "sensor " + id);
                insert.addBatch();
            }
            return insert.executeBatch().length;
        }
    }

    private int insertReadings(Connection connection, int from, int to) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into reading (id, sensor, degrees, payload) values (?, ?, ?, ?)")) {
            for (int id = from; id < to; id++) {
                insert.setLong(1, id);
                insert.setInt(2, random.nextInt(sensors()));
                insert.setInt(3, random.nextInt(1000));
                insert.setString(4, payload());
                insert.addBatch();
            }
            return insert.executeBatch().length;
        }
    }

    private String payload() {
        char[] text = new char[104];
        for (int i = 0; i < text.length; i += 8) {
            long bits = random.nextLong();
            for (int j = i; j < i + 8; j++) {
                text[j] = TEXT[(int) bits & 63];
                bits >>>= 6;
            }
        }
        return new String(text);
    }

    private void work() {
        try (Sql sql = Sql.open(url)) {
            sql.call(this::pointReads);
            sql.call(this::rangeReads);
            sql.call(this::updates);
            sql.call(this::joins);
        }
        Fork.tell("data, MB", rows * (8.0 + 4 + 4 + 104) / 1e6);
        Fork.tell("heap after collection, MB", Heap.used() / 1e6);
    }

    private boolean pointReads(Connection connection) throws SQLException {
        Samples times = new Samples();
        long sum = 0;
        try (PreparedStatement query = connection.prepareStatement("select degrees from reading where id = ?")) {
            for (int i = 0; i < calls; i++) {
                query.setLong(1, random.nextInt(rows));
                long start = System.nanoTime();
                sum += firstLong(query);
                times.add(System.nanoTime() - start);
            }
        }
        tell("point read, µs", times, 1e3, sum);
        Fork.tell("point read, p99 µs", times.percentile(99) / 1e3);
        return true;
    }

    private boolean rangeReads(Connection connection) throws SQLException {
        Samples times = new Samples();
        long sum = 0;
        try (PreparedStatement query =
                connection.prepareStatement("select sum(degrees) from reading where id >= ? and id < ?")) {
            for (int i = 0; i < calls / 20; i++) {
                int first = random.nextInt(Math.max(1, rows - ROWS_PER_RANGE));
                query.setLong(1, first);
                query.setLong(2, first + ROWS_PER_RANGE);
                long start = System.nanoTime();
                sum += firstLong(query);
                times.add(System.nanoTime() - start);
            }
        }
        tell("range read, µs", times, 1e3, sum);
        return true;
    }

    private boolean updates(Connection connection) throws SQLException {
        Samples times = new Samples();
        long changed = 0;
        connection.setAutoCommit(false);
        try (PreparedStatement update =
                connection.prepareStatement("update reading set degrees = degrees + 1 where id = ?")) {
            for (int i = 0; i < calls / UPDATES_PER_COMMIT; i++) {
                long start = System.nanoTime();
                for (int j = 0; j < UPDATES_PER_COMMIT; j++) {
                    update.setLong(1, random.nextInt(rows));
                    changed += update.executeUpdate();
                }
                connection.commit();
                times.add((System.nanoTime() - start) / (double) UPDATES_PER_COMMIT);
            }
        }
        connection.setAutoCommit(true);
        tell("update, µs", times, 1e3, changed);
        return true;
    }

    private boolean joins(Connection connection) throws SQLException {
        Samples times = new Samples();
        long sum = 0;
        try (PreparedStatement query = connection.prepareStatement(JOIN)) {
            for (int i = 0; i < Math.max(3, calls / 1000); i++) {
                int first = random.nextInt(Math.max(1, sensors() - SENSORS_PER_JOIN));
                query.setInt(1, first);
                query.setInt(2, first + SENSORS_PER_JOIN - 1);
                long start = System.nanoTime();
                try (ResultSet result = query.executeQuery()) {
                    while (result.next()) {
                        sum += result.getLong(1)
                                + 31 * result.getLong(2)
                                + result.getString(3).length();
                    }
                }
                times.add(System.nanoTime() - start);
            }
        }
        tell("join, ms", times, 1e6, sum);
        return true;
    }

    private static void tell(String name, Samples times, double unit, long answer) {
        Fork.tell(name, times.median() / unit);
        Fork.tell("answer of " + name, answer);
    }

    private static long firstLong(PreparedStatement query) throws SQLException {
        try (ResultSet result = query.executeQuery()) {
            if (!result.next()) {
                throw new IllegalStateException("no row for " + query);
            }
            return result.getLong(1);
        }
    }

    private void open() {
        try (Scratch scratch = new Scratch()) {
            String system = url.startsWith("jdbc:h2:") ? "jdbc:h2:file:" : "jdbc:argon:file:";
            for (int i = 0; i < OPENINGS; i++) {
                Path other = scratch.path("other" + i);
                try (Sql sql = Sql.open(system + other)) {
                    sql.createItems(10);
                    sql.number("select count(*) from item where id = 3");
                }
            }
        }
        Samples opened = new Samples();
        Samples read = new Samples();
        for (int i = 0; i < OPENINGS; i++) {
            long start = System.nanoTime();
            try (Sql sql = Sql.open(url)) {
                opened.add((System.nanoTime() - start) / 1e6);
                sql.number("select degrees from reading where id = " + random.nextInt(rows));
                read.add((System.nanoTime() - start) / 1e6);
            }
        }
        Fork.tell("open", opened.median());
        Fork.tell("first row", read.median());
    }
}
