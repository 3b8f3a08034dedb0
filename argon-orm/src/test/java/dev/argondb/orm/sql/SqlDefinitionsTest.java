package dev.argondb.orm.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.BranchOptions;
import dev.argondb.Ref;
import dev.argondb.engine.schema.CollectionSchema;
import dev.argondb.engine.schema.ColumnSpec;
import dev.argondb.engine.schema.KeyKind;
import dev.argondb.engine.schema.SchemaObject;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Definitions: what a DDL statement makes of the schema, which ids stay, and what it costs in the log. */
class SqlDefinitionsTest {

    private final TestSql sql = new TestSql();

    @AfterEach
    void close() {
        sql.close();
    }

    private SchemaObject object(String kind, String name) {
        return sql.work().schema().objects().stream()
                .filter(object -> object.kind().equals(kind) && object.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private CollectionSchema collection(String name) {
        return java.util.Objects.requireNonNull(object("table", name).collection());
    }

    private List<String> fields(String table) {
        return collection(table).columns().stream().map(ColumnSpec::field).toList();
    }

    /** A table of 100 rows; entries of commits that follow are of the schema only. */
    private void table() throws SQLException {
        sql.commit(
                "create table t(id int primary key, a int, b varchar(20))",
                "create index t_a on t(a)",
                "insert into t select x, x, 'b' || x from system_range(1, 100)");
    }

    @Test
    void createTable_keysAndIndexes_asDeclared() throws SQLException {
        sql.commit(
                "create table i(id bigint primary key, v varchar(9) unique)",
                "create table c(a int, b varchar(5), primary key(b, a))",
                "create table n(v int)");
        assertThat(collection("i").keyKind()).isEqualTo(KeyKind.LONG);
        assertThat(collection("i").keyColumns()).containsExactly(0);
        assertThat(collection("i").indexes()).singleElement().matches(index -> index.isUnique());
        assertThat(collection("c").keyKind()).isEqualTo(KeyKind.TUPLE);
        assertThat(collection("c").keyColumns()).containsExactly(1, 0);
        assertThat(collection("c").indexes()).isEmpty();
        assertThat(collection("n").keyColumns()).isEmpty();
    }

    @Test
    void addColumn_withAndWithoutDefault_noEntryPerRow() throws SQLException {
        table();
        int id = collection("t").id();
        assertThat(sql.entriesOf("alter table t add column c int")).isLessThan(10);
        assertThat(sql.entriesOf("alter table t add column d varchar(9) default 'x' not null"))
                .isLessThan(10);
        assertThat(collection("t").id()).isEqualTo(id);
        assertThat(sql.rows("select * from t where a = 7")).containsExactly("7|7|b7|null|x");
        sql.commit("update t set c = 1 where id = 7");
        assertThat(sql.rows("select * from t where id in (7, 8)")).containsExactly("7|7|b7|1|x", "8|8|b8|null|x");
    }

    @Test
    void addColumn_whoseDefaultDiffersByRow_rowsUpdated() throws SQLException {
        table();
        int entries = sql.entriesOf("alter table t add column u uuid default random_uuid()");
        assertThat(entries).isBetween(99, 110);
        assertThat(sql.rows("select count(distinct u), count(*) from t")).containsExactly("100|100");
    }

    @Test
    void dropColumn_andAddItAgain_oldValuesStayAway() throws SQLException {
        table();
        int id = collection("t").id();
        assertThat(sql.entriesOf("alter table t drop column a")).isLessThan(10);
        assertThat(sql.rows("select * from t where id = 7")).containsExactly("7|b7");
        assertThat(sql.entriesOf("alter table t add column a int")).isLessThan(10);
        assertThat(sql.rows("select * from t where id = 7")).containsExactly("7|b7|null");
        assertThat(fields("t")).containsExactly("id", "b", "a_2");
        assertThat(collection("t").id()).isEqualTo(id);
    }

    @Test
    void renames_tableAndColumn_idsAndFieldsStay() throws SQLException {
        table();
        int id = collection("t").id();
        int index = object("index", "t_a").id();
        assertThat(sql.entriesOf(
                        "alter table t alter column a rename to aa",
                        "alter table t rename to tt",
                        "alter index t_a rename to tt_a"))
                .isLessThan(15);
        assertThat(collection("tt").id()).isEqualTo(id);
        assertThat(fields("tt")).containsExactly("id", "a", "b");
        assertThat(object("index", "tt_a").id()).isEqualTo(index);
        assertThat(sql.rows("select b from tt where aa = 7")).containsExactly("b7");
    }

    @Test
    void widerType_integersAndText_noEntryPerRow() throws SQLException {
        table();
        assertThat(sql.entriesOf("alter table t alter column a bigint")).isLessThan(10);
        assertThat(sql.entriesOf("alter table t alter column b varchar(200)")).isLessThan(10);
        assertThat(sql.rows("select a, b from t where a = 7")).containsExactly("7|b7");
        assertThat(
                        sql.rows(
                                "select data_type from information_schema.columns where table_name = 't' and column_name = 'a'"))
                .containsExactly("bigint");
    }

    @Test
    void otherType_numbersToText_rowsUpdatedAndIndexed() throws SQLException {
        table();
        assertThat(sql.entriesOf("alter table t alter column a varchar(10)")).isBetween(100, 110);
        assertThat(sql.rows("select id from t where a = '7'")).containsExactly("7");
    }

    @Test
    void keyColumn_ofATuple_alterKeepsTheKey() throws SQLException {
        sql.commit(
                "create table k(u uuid primary key, v int)",
                "insert into k select random_uuid(), x from system_range(1, 50)");
        assertThat(sql.entriesOf("alter table k add column w int")).isLessThan(10);
        assertThat(collection("k").keyKind()).isEqualTo(KeyKind.TUPLE);
        assertThat(sql.rows("explain select * from k where u = random_uuid()").toString())
                .contains("PRIMARY_KEY");
    }

    @Test
    void noKey_alter_rowsKeepTheirIds() throws SQLException {
        sql.commit("create table n(v int)", "insert into n select x from system_range(1, 50)");
        assertThat(sql.entriesOf("alter table n add column w int default 3")).isLessThan(10);
        assertThat(sql.rows("select count(*), sum(v), sum(w) from n")).containsExactly("50|1275|150");
    }

    @Test
    void primaryKey_addedToRows_indexOfItsOwnAndNoEntries() throws SQLException {
        sql.commit("create table n(v int not null)", "insert into n select x from system_range(1, 50)");
        assertThat(sql.entriesOf("alter table n add primary key(v)")).isLessThan(10);
        assertThat(collection("n").keyColumns()).isEmpty();
        assertThatThrownBy(() -> sql.run("insert into n values (7)"))
                .extracting("SQLState")
                .isEqualTo("23505");
        assertThat(sql.rows("select v from n where v = 7")).containsExactly("7");
    }

    @Test
    void primaryKey_dropped_duplicatesAllowed() throws SQLException {
        table();
        sql.commit("alter table t drop primary key", "insert into t values (7, 8, 'x')");
        assertThat(sql.rows("select count(*) from t where id = 7")).containsExactly("2");
    }

    @Test
    void dropAndCreate_sameName_newCollection() throws SQLException {
        table();
        int id = collection("t").id();
        sql.commit("drop table t", "create table t(id int primary key)");
        assertThat(collection("t").id()).isNotEqualTo(id);
        assertThat(sql.rows("select * from t")).isEmpty();
    }

    @Test
    void createTableAs_query_rowsAndColumns() throws SQLException {
        table();
        sql.commit("create table copy as select id, b from t where id > 98");
        assertThat(sql.rows("select * from copy order by id")).containsExactly("99|b99", "100|b100");
    }

    @Test
    void uniqueIndex_onDuplicates_refusedAndNothingChanged() throws SQLException {
        sql.commit("create table t(id int primary key, v int)", "insert into t values (1, 1), (2, 1)");
        assertThatThrownBy(() -> sql.run("create unique index u on t(v)"))
                .extracting("SQLState")
                .isEqualTo("23505");
        assertThat(sql.rows("select count(*) from t where v = 1")).containsExactly("2");
        assertThat(collection("t").indexes()).isEmpty();
        sql.commit("insert into t values (3, 1)");
    }

    @Test
    void failedDdl_afterOwnWrites_keepsThem() throws SQLException {
        table();
        sql.run("insert into t values (101, 1, 'mine')");
        assertThatThrownBy(() -> sql.run("create table t(id int)")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> sql.run("alter table t alter column b int")).isInstanceOf(SQLException.class);
        assertThat(sql.rows("select b from t where id = 101")).containsExactly("mine");
        sql.commit();
        assertThat(sql.rows("select count(*) from t")).containsExactly("101");
    }

    @Test
    void rollback_afterDdl_schemaAsBefore() throws SQLException {
        table();
        sql.run("create table x(id int)", "alter table t add column c int");
        sql.rollback();
        assertThat(sql.rows("select * from t where id = 1")).containsExactly("1|1|b1");
        assertThatThrownBy(() -> sql.rows("select * from x"))
                .extracting("SQLState")
                .isEqualTo("42S02");
    }

    @Test
    void ddlOnABranch_otherBranch_keepsItsOwnCatalog() throws SQLException {
        table();
        sql.database().createBranch("b", Ref.parse("main"), BranchOptions.DEFAULT);
        try (TestSql other = sql.other().at("b")) {
            assertThat(sql.rows("select count(*) from t")).containsExactly("100");
            other.commit("alter table t add column c int default 5", "create table only_b(id int)");
            assertThat(other.rows("select * from t where id = 1")).containsExactly("1|1|b1|5");
            assertThat(sql.rows("select * from t where id = 1")).containsExactly("1|1|b1");
            assertThatThrownBy(() -> sql.rows("select * from only_b"))
                    .extracting("SQLState")
                    .isEqualTo("42S02");
        }
    }

    @Test
    void foreignKey_addedAndDropped_inTheSchema() throws SQLException {
        table();
        sql.commit(
                "create table c(id int primary key, t int)",
                "alter table c add constraint fk foreign key(t) references t");
        assertThat(collection("c").foreignKeys())
                .singleElement()
                .matches(key -> key.parentId() == collection("t").id());
        sql.commit("alter table t add column z int");
        assertThat(collection("c").foreignKeys())
                .singleElement()
                .matches(key -> key.parentId() == collection("t").id());
        assertThatThrownBy(() -> sql.run("insert into c values (1, 777)"))
                .extracting("SQLState")
                .isEqualTo("23506");
        sql.commit("alter table c drop constraint fk", "insert into c values (1, 777)");
        assertThat(collection("c").foreignKeys()).isEmpty();
    }

    @Test
    void everyKindOfObject_rebuiltFromTheSchema_works() throws SQLException {
        sql.commit(
                "create schema s",
                "create domain price as decimal(10, 2) check (value >= 0)",
                "create sequence s.q start with 100",
                "create constant answer value 42",
                "create table s.parent(id int generated always as identity primary key, p price, total decimal(10,2) generated always as (p * 2))",
                "create table child(id bigint default next value for s.q primary key, pid int references s.parent, e enum('a', 'b'), check (id > 0))",
                "create view v as select c.id, p.total from child c join s.parent p on p.id = c.pid",
                "create view vv as select * from v",
                "create synonym syn for s.parent",
                "comment on table child is 'kids'",
                "insert into s.parent(p) values (2.5)",
                "insert into child(pid, e) values (1, 'b')");
        // Another session makes the next DDL clone the catalog: it is built from the schema.
        try (TestSql other = sql.other()) {
            assertThat(other.rows("select * from vv")).containsExactly("100|5.00");
            other.commit("create table extra(i int)");
            assertThat(other.rows("select vv.*, answer from vv")).containsExactly("100|5.00|42");
            assertThat(other.rows("select p from syn")).containsExactly("2.50");
            assertThatThrownBy(() -> other.run("insert into syn(p) values (-1)"))
                    .extracting("SQLState")
                    .isEqualTo("23513");
            other.commit("insert into child(pid) values (1)");
            assertThat(other.rows("select id from child order by id")).containsExactly("100", "101");
            assertThat(other.rows("select remarks from information_schema.tables where table_name = 'child'"))
                    .containsExactly("kids");
        }
    }

    @Test
    void referentialIntegrity_switchedOff_inThisSessionAlone() throws SQLException {
        sql.commit(
                "create table p(id int primary key)",
                "create table c(id int references p)",
                "insert into p values (1)",
                "insert into c values (1)");
        try (TestSql other = sql.other()) {
            other.rows("select 1");
            sql.run("set referential_integrity false", "truncate table p", "set referential_integrity true");
            assertThatThrownBy(() -> other.run("insert into c values (9)"))
                    .extracting("SQLState")
                    .isEqualTo("23506");
            sql.commit("truncate table c");
            assertThatThrownBy(() -> sql.run("insert into c values (9)"))
                    .extracting("SQLState")
                    .isEqualTo("23506");
        }
    }
}
