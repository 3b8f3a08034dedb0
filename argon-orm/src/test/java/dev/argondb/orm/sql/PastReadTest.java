package dev.argondb.orm.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.Commit;
import dev.argondb.Ref;
import dev.argondb.engine.schema.CollectionSchema;
import dev.argondb.engine.schema.Schema;
import dev.argondb.engine.state.CollectionFormat;
import dev.argondb.engine.state.CollectionView;
import dev.argondb.engine.state.DatabaseState;
import dev.argondb.engine.state.Record;
import dev.argondb.engine.tree.KeyRange;
import dev.argondb.engine.tree.TreeCursor;
import dev.argondb.engine.work.CommitRequest;
import dev.argondb.engine.work.Committer;
import dev.argondb.engine.work.PastReads;
import dev.argondb.engine.work.UnitOfWork;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Holds that SQL on a past moment asks for no more than it needs: single documents, where a statement names them. */
class PastReadTest {

    private final TestSql sql = new TestSql();
    private final SingleReads reads = new SingleReads();
    private SqlSession session;

    /** A past moment that has nothing but single documents at hand. */
    private final class SingleReads implements PastReads {
        private DatabaseState state = DatabaseState.EMPTY;
        private int gets;

        @Override
        public long lsn() {
            return state.lsn();
        }

        @Override
        public Schema schema() {
            return state.schema();
        }

        @Override
        public CollectionView collection(int id) {
            CollectionView collection = state.collection(id);
            if (collection == null) {
                throw new AssertionError("no collection " + id);
            }
            return new SingleView(collection);
        }

        @Override
        public DatabaseState state() {
            throw new AssertionError("the state is asked for");
        }
    }

    private final class SingleView implements CollectionView {
        private final CollectionView all;

        SingleView(CollectionView all) {
            this.all = all;
        }

        @Override
        public CollectionSchema schema() {
            return all.schema();
        }

        @Override
        public CollectionFormat format() {
            return all.format();
        }

        @Override
        public long approximateSize() {
            return all.size();
        }

        @Override
        public @Nullable Record get(byte[] key) {
            reads.gets++;
            return all.get(key);
        }

        @Override
        public @Nullable Record get(long key) {
            reads.gets++;
            return all.get(key);
        }

        @Override
        public long size() {
            throw new AssertionError("the size is asked for");
        }

        @Override
        public TreeCursor<Record> records(KeyRange range, boolean descending) {
            throw new AssertionError("a scan");
        }

        @Override
        public TreeCursor<Object> index(int indexPosition, KeyRange range, boolean descending) {
            throw new AssertionError("an index");
        }

        @Override
        public @Nullable Record firstInIndex(int indexPosition, KeyRange range) {
            throw new AssertionError("an index");
        }

        @Override
        public long count(int indexPosition, KeyRange range) {
            throw new AssertionError("an index");
        }
    }

    /** Nothing is committed in the past. */
    private static final Committer NONE = new Committer() {
        @Override
        public Commit commit(CommitRequest request) {
            throw new AssertionError("a commit");
        }

        @Override
        public void checkOnHead(long branchId, Consumer<DatabaseState> check) {
            throw new AssertionError("the head is asked for");
        }
    };

    @BeforeEach
    void bindToThePast() throws SQLException {
        sql.commit("create table parent(id int primary key, name varchar unique)");
        sql.commit("create table child(a varchar, b int, parent_id int references parent, primary key(a, b))");
        sql.commit(
                "insert into parent values(1, 'one'), (2, 'two')", "insert into child values('x', 1, 2), ('y', 2, 1)");
        reads.state = sql.database().state(Ref.parse("main"));
        Ref moment = Ref.parse("main@" + reads.lsn());
        UnitOfWork past = new UnitOfWork(
                new UnitOfWork.Position(moment, 1, "main", 0, true), reads, new SqlFormat(), NONE, () -> {});
        session = sql.engine().open(past.schema());
        session.bind(past);
    }

    @AfterEach
    void close() {
        session.close();
        sql.close();
    }

    private List<String> rows(String query, Object... parameters) throws SQLException {
        try (PreparedStatement statement = session.connection().prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                return TestSql.rows(result);
            }
        }
    }

    @Test
    void integerKey_named_readsOneDocument() throws SQLException {
        assertThat(rows("select name from parent where id = ?", 2)).containsExactly("two");
        assertThat(reads.gets).isEqualTo(1);
        assertThat(rows("select name from parent where id = ?", 3)).isEmpty();
    }

    @Test
    void compoundKey_named_readsOneDocument() throws SQLException {
        assertThat(rows("select parent_id from child where a = ? and b = ?", "x", 1))
                .containsExactly("2");
        assertThat(reads.gets).isEqualTo(1);
        assertThat(rows("select parent_id from child where a = 'x' and b = 2")).isEmpty();
    }

    @Test
    void keys_ofAListOrAJoin_readDocumentByDocument() throws SQLException {
        assertThat(rows("select name from parent where id in (1, 2, 3) order by id"))
                .containsExactly("one", "two");
        assertThat(
                        rows(
                                "select c.a, p.name from child c join parent p on p.id = c.parent_id where c.a = 'x' and c.b = 1"))
                .containsExactly("x|two");
    }

    @Test
    void scan_ofATable_asksForMore() {
        assertThatThrownBy(() -> rows("select * from parent")).hasStackTraceContaining("a scan");
        assertThatThrownBy(() -> rows("select id from parent where name = 'one'"))
                .hasStackTraceContaining("an index");
        assertThatThrownBy(() -> rows("select count(*) from parent")).hasStackTraceContaining("the size is asked for");
    }
}
