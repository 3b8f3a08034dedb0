package dev.argondb.orm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlScriptTest {

    @Test
    void split_severalStatements_oneEach() {
        assertThat(SqlScript.split("select 1; select 2 ;\n;")).containsExactly("select 1", " select 2 ");
    }

    @Test
    void split_semicolonsInQuotesAndComments_noBorders() {
        String one = "select ';''', \"a;\"\"b\", $$;$$ -- ;\n /* ; /* ; */ ; */ // ;\n from t";
        assertThat(SqlScript.split(one + ";select 2")).containsExactly(one, "select 2");
    }

    @Test
    void split_unendedQuote_oneStatementForH2ToRefuse() {
        assertThat(SqlScript.split("select 'a; b")).containsExactly("select 'a; b");
    }

    @Test
    void split_nothingButComments_theTextItself() {
        assertThat(SqlScript.split("-- nothing;\n;")).containsExactly("-- nothing;\n;");
    }

    @Test
    void words_leadingComments_leftOut() {
        assertThat(SqlScript.words("/* a */ rollback -- b\n to savepoint \"x y\"", 12))
                .containsExactly("rollback", "to", "savepoint", "\"x y\"");
    }
}
