package dev.argondb.orm.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds that a comparison finds what differs: each case is stock H2 against stock H2 with something wrong. */
class ComparisonTest {

    private static final String DATA = "statement ok\ncreate table t(a integer primary key, b varchar(9))\n\n"
            + "statement ok\ninsert into t values (1, 'x'), (2, null), (3, 'NULL')\n\n";

    private static Script script(String text) {
        return new ScriptParser("s.test", text).parse();
    }

    private static List<Answer> answers(String text) throws SQLException {
        return DirectReplay.STOCK_H2.answers(script(text));
    }

    private static Comparison comparison(String reference, String given) throws SQLException {
        return new Comparison(script(DATA + reference), answers(DATA + reference), answers(DATA + given));
    }

    @Test
    void answers_ofTheSameScript_agree() throws SQLException {
        String query = "query IT rowsort\nselect * from t\n";
        Comparison same = comparison(query, query);
        assertThat(same.differences()).isEmpty();
        assertThat(same.surprises()).isEmpty();
        assertThat(same.summary("here"))
                .isEqualTo("sql-parity s.test here: 3 records, 1 queries compared,"
                        + " 0 differ from stock H2, 0 differ from the file");
    }

    @Test
    void rows_differentInOneValue_areReportedWithPlaceSqlAndBoth() throws SQLException {
        Comparison wrong = comparison(
                "query IT rowsort\nselect * from t\n", "query IT rowsort\nselect a, replace(b, 'x', 'y') b from t\n");
        assertThat(wrong.differences())
                .singleElement()
                .asString()
                .startsWith("s.test:7")
                .contains("select * from t", "stock H2: ", "`1` | `x`", "given: ", "`1` | `y`");
    }

    @Test
    void rows_nullForTheTextNull_differ() throws SQLException {
        assertThat(comparison(
                                "query T nosort\nselect b from t where a = 2\n",
                                "query T nosort\nselect b from t where a = 3\n")
                        .differences())
                .hasSize(1);
    }

    @Test
    void rows_inAnotherOrder_differOnlyWhereTheOrderCounts() throws SQLException {
        String up = "select a from t order by a\n";
        String down = "select a from t order by a desc\n";
        assertThat(comparison("query I nosort\n" + up, "query I nosort\n" + down)
                        .differences())
                .hasSize(1);
        assertThat(comparison("query I rowsort\n" + up, "query I rowsort\n" + down)
                        .differences())
                .isEmpty();
    }

    @Test
    void columns_ofAnotherType_differ() throws SQLException {
        assertThat(comparison(
                                "query I nosort\nselect a from t\n",
                                "query I nosort\nselect cast(a as bigint) a from t\n")
                        .differences())
                .hasSize(1);
    }

    @Test
    void command_changingMoreRows_differs() throws SQLException {
        assertThat(comparison("statement ok\ndelete from t where a = 1\n", "statement ok\ndelete from t\n")
                        .differences())
                .hasSize(1);
    }

    @Test
    void refusal_ofAnotherKind_differs() throws SQLException {
        String twice = "statement error\ninsert into t(a) values (1)\n";
        assertThat(comparison(twice, "statement error\ninsert into nowhere values (1)\n")
                        .differences())
                .hasSize(1);
        assertThat(comparison(twice, "statement error\ninsert into t(a) values (2)\n")
                        .differences())
                .isEmpty();
    }

    @Test
    void result_unlikeTheScript_isASurprise() throws SQLException {
        String wrong = "query I nosort\nselect max(a) from t\n----\n4\n";
        assertThat(comparison(wrong, wrong).surprises())
                .singleElement()
                .asString()
                .contains("script: 1 values hashing to ");
    }

    @Test
    void result_ofOneLabelGivenTwoWays_isASurprise() throws SQLException {
        String labelled = "query I rowsort same\nselect a from t\n\nquery I rowsort same\nselect a + 1 from t\n";
        assertThat(comparison(labelled, labelled).surprises())
                .singleElement()
                .asString()
                .contains("as the first query labelled `same`");
    }

    @Test
    void outcome_unlikeTheScript_isASurprise() throws SQLException {
        String wrong =
                "statement error\ndelete from t\n\nstatement ok\ndelete from nowhere\n\nquery I\nselect a, b from t\n";
        assertThat(comparison(wrong, wrong).surprises()).hasSize(3);
    }
}
