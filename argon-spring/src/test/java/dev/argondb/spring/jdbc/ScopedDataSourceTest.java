package dev.argondb.spring.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.Argon;
import dev.argondb.BranchScope;
import dev.argondb.ClosedException;
import dev.argondb.Ref;
import dev.argondb.orm.jdbc.ArgonDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

class ScopedDataSourceTest {

    private static final String URL = "jdbc:argon:mem:scoped-source";

    private final ScopedDataSource source = new ScopedDataSource(new ArgonDataSource(URL));

    @AfterEach
    void discard() {
        source.close();
        Argon.discard("mem:scoped-source");
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (connection;
                var rows = connection.createStatement().executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    @Test
    void connection_isOnTheRefOfTheScope() throws Exception {
        source.argon().createBranch("feature", "main");

        assertThat(text(source.getConnection(), "select argon_ref()")).isEqualTo("main");
        String within = BranchScope.callChecked("feature", () -> text(source.getConnection(), "select argon_ref()"));
        assertThat(within).isEqualTo("feature");
    }

    @Test
    void connection_openedInAScope_staysOnItsRef() throws Exception {
        source.argon().createBranch("feature", "main");
        Connection kept = BranchScope.callChecked("feature", source::getConnection);

        assertThat(text(kept, "select argon_ref()")).isEqualTo("feature");
    }

    @Test
    void connection_ofAUser_commitsInItsName() throws SQLException {
        try (Connection connection = source.getConnection("ada", "unused")) {
            connection.createStatement().execute("create table t(id int primary key)");
        }
        assertThat(source.argon().commits(Ref.MAIN, 1).get(0).author()).isEqualTo("ada");
    }

    @Test
    void proxies_areSeenThrough() {
        DataSource delegating = new DelegatingDataSource(source);
        DataSource lazy = new LazyConnectionDataSourceProxy(delegating);
        DataSource transactional = new TransactionAwareDataSourceProxy(lazy);
        DataSource advised = (DataSource) new ProxyFactory(
                        DataSource.class, new org.springframework.aop.target.SingletonTargetSource(transactional))
                .getProxy();

        assertThat(ScopedDataSource.behind(source)).containsSame(source);
        assertThat(ScopedDataSource.behind(advised)).containsSame(source);
        assertThat(ScopedDataSource.behind(new JdbcDataSource())).isEmpty();
    }

    @Test
    void memory_isToldFromDisk(@TempDir Path directory) {
        assertThat(source.isInMemory()).isTrue();
        try (ScopedDataSource onDisk = new ScopedDataSource(new ArgonDataSource("jdbc:argon:file:" + directory))) {
            assertThat(onDisk.isInMemory()).isFalse();
        }
    }

    @Test
    void handle_isClosedWithTheSource() {
        Argon argon = source.argon();
        source.close();

        assertThatThrownBy(argon::lastLsn).isInstanceOf(ClosedException.class);
    }

    @Test
    void source_isNothingElse() {
        assertThat(source.isWrapperFor(ArgonDataSource.class)).isTrue();
        assertThat(source.isWrapperFor(JdbcDataSource.class)).isFalse();
        assertThatThrownBy(() -> source.unwrap(JdbcDataSource.class))
                .hasMessage("an Argon data source is no `org.h2.jdbcx.JdbcDataSource`");
    }
}
