package dev.argondb.orm.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SQL reaches no file, address, Java code or other database: by what Argon refuses, and by what H2 would refuse behind it. */
class SqlDoorsTest {

    private final TestSql sql = new TestSql();

    @BeforeEach
    void table() throws SQLException {
        sql.commit("create table t(id int primary key, v varchar(100))");
    }

    @AfterEach
    void close() {
        sql.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create alias f for 'java.lang.System.exit'",
                "create alias f as 'int f() { return 1; }'",
                "create force alias f for 'java.lang.System.exit'",
                "drop alias f",
                "create aggregate a for 'java.lang.Object'",
                "runscript from 'x.sql'",
                "script to 'x.sql'",
                "script",
                "select * from csvread('x.csv')",
                "call csvwrite('x.csv', 'select 1')",
                "select file_read('x.txt')",
                "call file_write('x', 'x.txt')",
                "select * from link_schema('x', '', 'jdbc:h2:mem:x', 'sa', '', 'public')",
                "create linked table l('', 'jdbc:h2:mem:x', 'sa', '', 't')",
                "create global temporary linked table l('', 'jdbc:h2:mem:x', 'sa', '', 't')",
                "create trigger g before insert on t for each row call 'java.lang.Object'",
                "create force trigger g before insert on t for each row as 'x'",
                "backup to 'x.zip'",
                "prepare commit x",
                "shutdown",
                "shutdown immediately",
                "create user u password 'x'",
                "alter user argon admin true",
                "drop user argon",
                "create role r",
                "grant all on t to public",
                "drop all objects delete files",
                "create table x(i int) engine \"org.h2.mvstore.db.MVTableEngine\"",
                "create table x(i int)engine \"x\"",
                "create schema s with \"x\"; create table s.x(i int) engine \"x\"",
                "create table x as select * from csvread('x.csv')",
                "create table x as select * from \"CSVREAD\"('x.csv')",
                "create table x as select * from /* a */ CsvRead /* b */ ('x.csv')",
                "create table x(i varchar default file_read('x.txt'))",
                "create view w as select file_read('x.txt') c from t",
                "alter table t add column c varchar default file_read('x')",
                "create table x as select U&\"CSV\\0052EAD\"('x.csv')",
                "execute immediate 'create alias f for ''java.lang.System.exit'''",
                "create materialized view m as select 1",
                "refresh materialized view m",
                "call abort_session(1)",
                "call cancel_session(1)"
            })
    void door_statement_refusedInOneLine(String statement) {
        SqlStatement read = SqlStatement.of(statement);
        assertThat(read.kind()).isEqualTo(SqlStatementKind.REFUSED);
        assertThat(read.refusal()).contains("is refused").doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 'csvread(x)' from t",
                "select v from t where v = 'runscript' -- csvread('x')",
                "insert into t values (1, 'create alias f for ''x''')",
                "create table engine_rooms(engine varchar(10), id int)",
                "select \"v\" as \"csvread\" from t",
                "create table x(i int); comment on table x is 'backup to disk'"
            })
    void ordinaryStatement_withWordsOfDoorsInText_allowed(String statement) {
        assertThat(SqlStatement.of(statement).kind()).isNotEqualTo(SqlStatementKind.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create alias f for 'java.lang.System.exit'",
                "create aggregate a for 'java.lang.Object'",
                "runscript from 'x.sql'",
                "script to 'x.sql'",
                "select * from csvread('x.csv')",
                "call csvwrite('x.csv', 'select 1')",
                "select file_read('x.txt')",
                "call file_write('x', 'x.txt')",
                "select * from link_schema('x', '', 'jdbc:h2:mem:x', 'sa', '', 'public')",
                "create linked table l('', 'jdbc:h2:mem:x', 'sa', '', 't')",
                "create trigger g before insert on t for each row call 'java.lang.Object'",
                "backup to 'x.zip'",
                "shutdown",
                "set collation german",
                "set mode mysql",
                "set default_table_type memory",
                "alter user argon admin true",
                "drop all objects"
            })
    void door_pastArgonsCheck_refusedByH2(String statement) {
        assertThatThrownBy(() -> sql.session().connection().createStatement().execute(statement))
                .isInstanceOf(SQLException.class)
                .hasMessageMatching("(?s).*(rights|not supported|Unsupported).*");
    }

    @Test
    void functionInADefault_insideCreateTable_refusedBeforeItRuns() {
        assertThatThrownBy(() -> sql.run("create table x as select file_read('/etc/hostname') c"))
                .hasMessageContaining("function `FILE_READ` is refused");
    }
}
