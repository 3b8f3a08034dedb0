package dev.argondb.orm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.ColumnRole;
import dev.argondb.DocumentDiff;
import dev.argondb.DocumentHistory;
import dev.argondb.InvalidRequestException;
import dev.argondb.Lsn;
import dev.argondb.MergeConflict;
import dev.argondb.MergeConflict.Kind;
import dev.argondb.MergePlan;
import dev.argondb.MergePolicy;
import dev.argondb.Operation;
import dev.argondb.Ref;
import dev.argondb.Resolution;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Differences, histories and merges of SQL tables: types, generated columns, checks, nested JSON and DDL. */
class MergeSqlTest extends JdbcTest {

    private void onMain(String... statements) throws SQLException {
        run(connect(), statements);
    }

    private void onSale(String... statements) throws SQLException {
        if (argon.findBranch("sale").isEmpty()) {
            argon.createBranch("sale", "main");
        }
        run(connect("?branch=sale"), statements);
    }

    private MergePlan plan() {
        return argon.planMerge("sale", "main");
    }

    private void merge(MergePlan plan) {
        assertThat(plan.conflicts()).isEmpty();
        assertThat(argon.merge(plan, "ann", "all of it")).isPresent();
    }

    private static MergeConflict only(MergePlan plan) {
        assertThat(plan.conflicts()).hasSize(1);
        return plan.conflicts().get(0);
    }

    private List<String> onMainNow(String sql) throws SQLException {
        Connection connection = connect();
        return rows(connection, sql);
    }

    @Test
    void fields_ofOneRow_areMergedAndIndexesFollow() throws SQLException {
        onMain(
                "create table p(id int primary key, name varchar, price numeric(10, 2), at timestamp)",
                "create index by_price on p(price)",
                "insert into p values(1, 'lamp', 10.00, timestamp '2026-01-01 10:00:00.123456'), (2, 'desk', 20, null)");
        onSale("update p set price = 9.5 where id = 1");
        onMain("update p set name = 'big lamp' where id = 1");

        merge(plan());

        assertThat(onMainNow("select id, name, price, at from p where price < 10"))
                .containsExactly("1 big lamp 9.50 2026-01-01 10:00:00.123456");
        assertThat(argon.entries(Ref.MAIN).get(0).before()).isEqualTo(Map.of("price", new BigDecimal("10.00")));
        assertThat(argon.commits(Ref.MAIN, 1).get(0).message()).isEqualTo("all of it");
    }

    @Test
    void generatedColumn_ofFieldsOfBothSides_isComputedAnew() throws SQLException {
        onMain(
                "create table p(id int primary key, price int, amount int, total int generated always as (price * amount))",
                "insert into p(id, price, amount) values(1, 10, 2)");
        onSale("update p set price = 11");
        onMain("update p set amount = 3");

        merge(plan());

        assertThat(onMainNow("select price, amount, total from p")).containsExactly("11 3 33");
    }

    @Test
    void check_brokenByBothTogether_conflicts() throws SQLException {
        onMain(
                "create table p(id int primary key, low int, high int, constraint in_order check (low <= high))",
                "insert into p values(1, 1, 10)");
        onSale("update p set low = 8");
        onMain("update p set high = 5");

        MergePlan plan = plan();
        MergeConflict conflict = only(plan);

        assertThat(conflict.kind()).isEqualTo(Kind.CHECK);
        assertThat(conflict.constraint()).isEqualTo("in_order");
        assertThat(conflict.text()).contains("in_order");
        assertThat(plan.resolve(conflict, Resolution.OURS).changes()).isEmpty();
        assertThat(only(plan.resolve(conflict, Resolution.value(Map.of("low", 6))))
                        .kind())
                .isEqualTo(Kind.CHECK);
        merge(plan.resolve(conflict, Resolution.value(Map.of("high", 9))));
        assertThat(onMainNow("select low, high from p")).containsExactly("8 9");
    }

    @Test
    void requiredColumn_resolvedToNothing_conflicts() throws SQLException {
        onMain("create table p(id int primary key, name varchar not null)", "insert into p values(1, 'lamp')");
        onSale("update p set name = 'big lamp'");
        onMain("update p set name = 'old lamp'");

        MergePlan plan = plan();
        MergeConflict open = only(plan.resolve(only(plan), Resolution.value(null)));

        assertThat(open.kind()).isEqualTo(Kind.NOT_NULL);
        assertThat(open.field()).isEqualTo("name");
        assertThat(open.text()).isEqualTo("`name` of `p` must have a value");
        assertThatThrownBy(() -> plan.resolve(only(plan), Resolution.value(Map.of("prize", 1))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageEndingWith(
                        " is no value of a column; strings, numbers, truth values, times, bytes, UUIDs and"
                                + " lists are");
    }

    @Test
    void json_changedOnBothSides_isMergedMemberByMember() throws SQLException {
        onMain(
                "create table p(id int primary key, spec json)",
                "insert into p values(1, json '{\"color\":\"red\",\"size\":{\"w\":1,\"h\":2},\"tags\":[1,2]}')");
        onSale("update p set spec = json '{\"color\":\"red\",\"size\":{\"w\":9,\"h\":2},\"tags\":[1,2]}'");
        onMain(
                "update p set spec = json '{\"color\":\"blue\",\"size\":{\"w\":1,\"h\":2},\"tags\":[1,2],\"new\":1.50}'");

        merge(plan());

        assertThat(onMainNow("select spec from p"))
                .containsExactly("{\"color\":\"blue\",\"size\":{\"w\":9,\"h\":2},\"tags\":[1,2],\"new\":1.50}");
    }

    @Test
    void json_sameMemberChanged_conflictsThereOnly() throws SQLException {
        onMain(
                "create table p(id int primary key, spec json)",
                "insert into p values(1, json '{\"color\":\"red\",\"size\":{\"w\":1,\"h\":2}}')");
        onSale("update p set spec = json '{\"color\":\"red\",\"size\":{\"w\":9,\"h\":2}}'");
        onMain("update p set spec = json '{\"color\":\"blue\",\"size\":{\"w\":8,\"h\":2}}'");

        MergePlan plan = plan();
        MergeConflict conflict = only(plan);

        assertThat(conflict.field()).isEqualTo("spec.size.w");
        assertThat(conflict.ours()).isEqualTo(BigDecimal.valueOf(8));
        merge(plan.resolve(conflict, Resolution.value(7)));
        assertThat(onMainNow("select spec from p")).containsExactly("{\"color\":\"blue\",\"size\":{\"w\":7,\"h\":2}}");
    }

    @Test
    void timesWithRoles_ofBothSides_areRaisedByWhatTheColumnHolds() throws SQLException {
        onMain(
                "create table p(id int primary key, a int, b int, v timestamp(0), at timestamp with time zone)",
                "insert into p values(1, 1, 1, '2026-01-01 00:00:00', '2026-01-01 00:00:00+00')");
        onSale("update p set a = 2, v = '2026-01-01 00:00:05', at = '2026-01-01 02:00:00+02'");
        onMain("update p set b = 2, v = '2026-01-01 00:00:04', at = '2026-01-01 01:00:00+00'");

        MergePolicy policy =
                MergePolicy.NONE.with("P", "V", ColumnRole.VERSION).with("p", "at", ColumnRole.UPDATE_TIME);
        merge(argon.planMerge(Ref.parse("sale"), "main", policy));

        assertThat(onMainNow("select a, b, v, at from p"))
                .containsExactly("2 2 2026-01-01 00:00:06 2026-01-01 01:00:00+00");
    }

    @Test
    void role_ofAColumnThatIsNoVersion_isRefused() throws SQLException {
        onMain("create table p(id int primary key, name varchar)", "insert into p values(1, 'a')");
        onSale("update p set name = 'b'");
        onMain("update p set name = 'c'");

        MergePolicy policy = MergePolicy.NONE.with("p", "name", ColumnRole.VERSION);
        assertThatThrownBy(
                        () -> argon.planMerge(Ref.parse("sale"), "main", policy).changes())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("column `name` holds a String and cannot be a VERSION column; numbers and times can");
    }

    @Test
    void ids_ofAllKinds_areUnderstoodByHistoryAndDiff() throws SQLException {
        UUID uuid = UUID.randomUUID();
        onMain(
                "create table u(id uuid primary key, n int)",
                "create table c(a varchar, b int, n int, primary key(a, b))",
                "create table \"Sales\".s(id int primary key)".replace("\"Sales\".s", "s"),
                "insert into u values('" + uuid + "', 1)",
                "insert into c values('x', 2, 1)",
                "insert into s values(5)");
        Lsn before = new Lsn(argon.lastLsn());
        onMain("update u set n = 2", "update c set n = 2", "delete from s");

        assertThat(argon.history(Ref.MAIN, "U", uuid).changes()).hasSize(2);
        assertThat(argon.history(Ref.MAIN, "c", List.of("x", 2)).changes()).hasSize(2);
        DocumentHistory deleted = argon.history("main", "s", 5);
        assertThat(deleted.changes())
                .extracting(change -> change.entry().operation())
                .containsExactly(Operation.DELETE, Operation.INSERT);
        assertThat(argon.diff("main@" + before, "main"))
                .extracting(DocumentDiff::documentId)
                .containsExactly(uuid, List.of("x", 2), 5L);
        assertThatThrownBy(() -> argon.history("main", "c", "x"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("id `x` has 1 values, but the key of `c` has 2");
        assertThatThrownBy(() -> argon.history("main", "s", "five"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("id `five` is none of `s`: ");
    }

    @Test
    void table_createdOnABranch_comesWithTheMerge() throws SQLException {
        onMain("create table p(id int primary key)", "insert into p values(1)");
        onSale("create table q(id int primary key, p int references p)", "insert into q values(7, 1)");
        onMain("insert into p values(2)");
        Connection open = connect();
        assertThat(rows(open, "select count(*) from p")).containsExactly("2");

        merge(plan());

        assertThat(rows(open, "select q.id, p.id from q join p on q.p = p.id")).containsExactly("7 1");
        failure("23506", () -> run(open, "insert into q values(8, 99)"));
    }

    @Test
    void columnAdded_whereTheOtherSideLeftTheTableAlone_comesWithTheMerge() throws SQLException {
        onMain(
                "create table p(id int primary key)",
                "create table q(id int primary key)",
                "insert into p values(1)",
                "insert into q values(1)");
        onSale("alter table p add column name varchar default 'none'", "insert into p values(2, 'two')");
        onMain("insert into q values(2)");

        merge(plan());

        assertThat(onMainNow("select id, name from p order by id")).containsExactly("1 none", "2 two");
        assertThat(onMainNow("select id from q order by id")).containsExactly("1", "2");
    }

    @Test
    void columnAdded_whereTheOtherSideChangedRows_isRefused() throws SQLException {
        onMain("create table p(id int primary key)", "insert into p values(1)");
        long base = argon.lastLsn();
        onSale("alter table p add column name varchar default 'none'");
        onMain("insert into p values(2)");

        assertThatThrownBy(this::plan)
                .hasMessage("`p` was altered on `sale`, and rows of it were changed on `main` since lsn " + base
                        + "; merging both is not there yet: alter it there as well, then plan again");
    }

    @Test
    void checkAdded_thatRowsOfTheOtherSideBreak_conflicts() throws SQLException {
        onMain("create table p(id int primary key, price int)", "insert into p values(1, 10)");
        onSale("alter table p add constraint cheap check (price < 100)");
        onMain("insert into p values(2, 200)");

        MergePlan plan = plan();

        assertThat(only(plan).id()).isEqualTo("CHECK p[2] cheap");
        merge(plan.resolve(only(plan), Resolution.value(Map.of("price", 99))));
        assertThat(onMainNow("select id, price from p order by id")).containsExactly("1 10", "2 99");
        failure("23513", () -> onMain("insert into p values(3, 300)"));
    }

    @Test
    void revert_ofOneCommit_undoesItAlone() throws SQLException {
        onMain("create table p(id int primary key, name varchar, at timestamp)", "insert into p values(1, 'a', null)");
        onMain("update p set name = 'wrong'");
        Lsn wrong = new Lsn(argon.lastLsn());
        onMain("update p set at = timestamp '2026-01-01 00:00:00'");

        assertThat(argon.merge(argon.planRevert("main", wrong), "ann", "")).isPresent();

        assertThat(onMainNow("select name, at from p")).containsExactly("a 2026-01-01 00:00:00");
        assertThat(argon.history("main", "p", 1).changes().get(1).entry().after())
                .containsEntry("at", LocalDateTime.parse("2026-01-01T00:00:00"));
    }
}
