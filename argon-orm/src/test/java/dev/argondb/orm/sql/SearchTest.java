package dev.argondb.orm.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.h2.util.HasSQL;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds what searches find, by keys and indexes of every type and with values of other types, against stock H2. */
class SearchTest {

    private static final int ROWS = 150;
    private static final int QUERIES = 120;
    private static final String[] COMPARISONS = {"=", "<", "<=", ">", ">=", "<>", "is not distinct from"};

    /** Types whose values columns of another type are compared with. */
    private static final List<String> OTHERS = List.of(
            "INTEGER",
            "BIGINT",
            "NUMERIC(20, 4)",
            "DOUBLE PRECISION",
            "REAL",
            "DECFLOAT(40)",
            "CHARACTER(8)",
            "CHARACTER VARYING(20)",
            "DATE",
            "TIMESTAMP(9)",
            "TIMESTAMP(9) WITH TIME ZONE",
            "BINARY VARYING(20)",
            "UUID");

    static List<String> types() {
        return RandomValues.KEY_TYPES.stream()
                .filter(type -> !type.startsWith("JAVA"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("types")
    void search_anyConditionOnAnyType_asStockH2(String typeName) throws SQLException {
        TypeInfo type = TypeText.parse(typeName);
        RandomValues values = new RandomValues(typeName.hashCode());
        Random random = new Random(typeName.hashCode());
        try (TestSql argon = new TestSql();
                Connection stock = DriverManager.getConnection("jdbc:h2:mem:;DATABASE_TO_LOWER=TRUE");
                Statement stockStatement = stock.createStatement()) {
            for (String ddl : List.of(
                    "create table t(id int primary key, v " + typeName + ", w int)",
                    "create index t_v on t(v)",
                    "create index t_vw on t(v desc nulls last, w)",
                    "create table k(v " + typeName + ", w int, primary key(v, w))")) {
                argon.commit(ddl);
                stockStatement.execute(ddl);
            }
            fill(argon, stock, type, values);
            for (int i = 0; i < QUERIES; i++) {
                compare(argon, stock, query(type, values, random));
            }
        }
    }

    private static void fill(TestSql argon, Connection stock, TypeInfo type, RandomValues values) throws SQLException {
        for (int i = 0; i < ROWS; i++) {
            String row = "(" + i + ", " + literal(values.nullable(type)) + ", " + i % 3 + ")";
            String key = "(" + literal(values.of(type)) + ", " + i % 3 + ")";
            for (String sql : List.of("insert into t values " + row, "insert into k values " + key)) {
                assertThat(outcome(argon.session().connection(), sql)).as(sql).isEqualTo(outcome(stock, sql));
            }
        }
        argon.commit();
    }

    /** The count, or the error's state: some values are too long for their columns, some keys are taken. */
    private static String outcome(Connection connection, String sql) {
        try (Statement statement = connection.createStatement()) {
            return String.valueOf(statement.executeUpdate(sql));
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    private static String literal(Value value) {
        return value.getSQL(new StringBuilder(), HasSQL.DEFAULT_SQL_FLAGS).toString();
    }

    private static String query(TypeInfo type, RandomValues values, Random random) {
        TypeInfo asked = random.nextInt(3) == 0 ? TypeText.parse(OTHERS.get(random.nextInt(OTHERS.size()))) : type;
        String a = literal(values.of(asked));
        String b = literal(values.of(asked));
        String comparison = COMPARISONS[random.nextInt(COMPARISONS.length)];
        return switch (random.nextInt(9)) {
            case 0 -> "select id from t where v between " + a + " and " + b + " order by id";
            case 1 ->
                "select id from t where v in (" + a + ", " + b + ", " + literal(values.of(type)) + ") order by id";
            case 2 -> "select id from t where v " + comparison + " " + a + " and w = 1 order by id";
            case 3 -> "select v, w from k where v " + comparison + " " + a + " order by v, w";
            case 4 -> "select v, w from k where v = " + a + " and w >= 1 order by v desc, w desc";
            case 5 -> "select v from t where v " + comparison + " " + a + " order by v desc nulls last";
            case 6 -> "select min(v), max(v), count(v) from t where v " + comparison + " " + a;
            case 7 -> "select v, w from k order by v desc, w desc limit 20";
            default -> "select id from t where v " + comparison + " " + a + " order by id";
        };
    }

    private static void compare(TestSql argon, Connection stock, String query) throws SQLException {
        assertThat(answer(argon.session().connection(), query)).as(query).isEqualTo(answer(stock, query));
    }

    /** The rows, or the error's state: many pairs of types cannot be compared. */
    private static List<String> answer(Connection connection, String query) {
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet result = statement.executeQuery()) {
            return TestSql.rows(result);
        } catch (SQLException e) {
            return new ArrayList<>(List.of("error " + e.getSQLState()));
        }
    }
}
