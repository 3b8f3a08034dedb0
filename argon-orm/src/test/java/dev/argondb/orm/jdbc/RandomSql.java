package dev.argondb.orm.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Queries and writes over two small tables, for random tests that ask two databases the same. */
final class RandomSql {

    /** Parameters are below this, and so are most ids. */
    static final int IDS = 8;

    static final List<String> QUERIES = List.of(
            "select id, n, ref from t order by id",
            "select n from t where id = ?",
            "select count(*), sum(n) from t where ref = ?",
            "select d.id, d.n from (select id, n from t) d where d.id = ?",
            "select sum(n) from (select n from t where n > 3) d",
            "select p.k, p.id, p.n from (select 1 as k, id, n from t union all select 2 as k, id, n from u) p where p.id = ?"
                    + " order by 1, 2",
            "select ref, count(*), max(n) from t group by ref order by ref",
            "select t.id, u.n from t join u on t.ref = u.id order by t.id",
            "select t.id, u.n from t left join u on t.ref = u.id where u.n is null or u.n < ? order by t.id",
            "select id from t where exists (select 1 from u where u.id = t.ref and u.n > 4) order by id",
            "select id from t where ref in (select id from u where n < ?) order by id",
            "select id, (select max(n) from u where u.id = t.ref) from t order by id",
            "with d as (select ref, sum(n) as s from t group by ref) select u.id, d.s from u left join d on d.ref = u.id order by u.id",
            "select d.r, d.c from (select e.ref as r, count(*) as c from (select ref from t where n > 1) e group by e.ref) d order by 1",
            "select id, row_number() over (order by n, id) from u order by id",
            "select distinct n from (select n from t union select n from u) x order by n");

    private static final List<String> WRITES = List.of(
            "merge into t (id, n, ref) values (?, ?, ?)",
            "merge into u (id, n) values (?, ?)",
            "update t set n = n + ? where id >= ?",
            "update t set ref = ? where n < ?",
            "update u set n = ? where id = ?",
            "delete from t where id = ?",
            "delete from t where n > ?",
            "delete from u where id = ?",
            "insert into t (id, n, ref) select u.id + 100 + ?, u.n, u.id from u where not exists (select 1 from t where t.id = u.id + 100 + ?)",
            "merge into u using (select id, sum(n) as s from t where id < ? group by id) d on u.id = d.id"
                    + " when matched then update set n = d.s when not matched then insert (id, n) values (d.id, d.s)");

    private RandomSql() {}

    /** Returns the seeds to run: from 0 as many as a property says, or the one of {@code argon.random.seed}. */
    static IntStream seeds(String property, int otherwise) {
        Integer one = Integer.getInteger("argon.random.seed");
        return one != null ? IntStream.of(one) : IntStream.range(0, Integer.getInteger(property, otherwise));
    }

    static void createTables(Connection on) throws SQLException {
        try (Statement statement = on.createStatement()) {
            statement.execute("create table u (id int primary key, n int)");
            statement.execute("create table t (id int primary key, n int, ref int)");
            statement.execute("create index t_ref on t (ref)");
        }
    }

    static String query(Random random) {
        return QUERIES.get(random.nextInt(QUERIES.size()));
    }

    static String write(Random random) {
        return WRITES.get(random.nextInt(WRITES.size()));
    }

    static int[] values(Random random) {
        return random.ints(3, 0, IDS).toArray();
    }

    /** Returns the rows of a query, as text; sorted where it does not order them. */
    static List<String> rows(Connection on, String query, int value) throws SQLException {
        try (PreparedStatement statement = on.prepareStatement(query)) {
            bind(statement, new int[] {value});
            List<String> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                int columns = result.getMetaData().getColumnCount();
                while (result.next()) {
                    List<Object> row = new ArrayList<>();
                    for (int i = 1; i <= columns; i++) {
                        row.add(result.getObject(i));
                    }
                    rows.add(row.toString());
                }
            }
            if (!query.contains("order by")) {
                Collections.sort(rows);
            }
            return rows;
        }
    }

    /** Returns how many rows were changed, or the SQLState of the failure. */
    static Object write(Connection on, String sql, int[] values) throws SQLException {
        try (PreparedStatement statement = on.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    private static void bind(PreparedStatement statement, int[] values) throws SQLException {
        int parameters = statement.getParameterMetaData().getParameterCount();
        for (int i = 0; i < parameters; i++) {
            statement.setInt(i + 1, values[i]);
        }
    }
}
