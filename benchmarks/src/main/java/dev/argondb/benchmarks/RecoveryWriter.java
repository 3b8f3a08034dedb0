package dev.argondb.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * The process that {@link Recovery} kills: threads that commit transactions of four rows as fast as they can, and say so
 * after each.
 *
 * <p>Its lines are {@code WRITER NUMBER;}: the transaction of this number of this writer is acknowledged. The semicolon tells
 * a whole line from one that the kill cut short.
 */
final class RecoveryWriter {

    /** Rows that a transaction inserts, beside the one it updates. */
    static final int PARTS = 3;

    static final String SCHEMA = "create table part (run int, writer int, number int, part int,"
            + " payload varchar(200) not null, primary key (run, writer, number, part))";
    static final String PROGRESS =
            "create table progress (run int, writer int, number int not null," + " primary key (run, writer))";
    private static final String INSERT = "insert into part (run, writer, number, part, payload) values (?, ?, ?, ?, ?)";
    private static final String UPDATE = "update progress set number = ? where run = ? and writer = ?";

    private final String url;
    private final int run;

    private RecoveryWriter(String url, int run) {
        this.url = url;
        this.run = run;
    }

    /** Takes the URL, the number of the run, and how many threads write. Ends only when it is killed. */
    public static void main(String[] arguments) {
        RecoveryWriter writer = new RecoveryWriter(arguments[0], Integer.parseInt(arguments[1]));
        for (int number = 0; number < Integer.parseInt(arguments[2]); number++) {
            int id = number;
            new Thread(() -> writer.writeForEver(id), "writer " + id).start();
        }
    }

    private void writeForEver(int writer) {
        try (Sql sql = Sql.open(url)) {
            sql.execute("insert into progress (run, writer, number) values (" + run + ", " + writer + ", 0)");
            sql.call(connection -> {
                connection.setAutoCommit(false);
                for (int number = 1; ; number++) {
                    write(connection, writer, number);
                    System.out.println(writer + " " + number + ";");
                }
            });
        }
    }

    private void write(Connection connection, int writer, int number) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT);
                PreparedStatement update = connection.prepareStatement(UPDATE)) {
            for (int part = 0; part < PARTS; part++) {
                insert.setInt(1, run);
                insert.setInt(2, writer);
                insert.setInt(3, number);
                insert.setInt(4, part);
                insert.setString(5, "part " + part + " of transaction " + number + " of writer " + writer);
                insert.executeUpdate();
            }
            update.setInt(1, number);
            update.setInt(2, run);
            update.setInt(3, writer);
            update.executeUpdate();
        }
        connection.commit();
    }
}
