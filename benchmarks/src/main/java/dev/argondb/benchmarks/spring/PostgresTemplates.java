package dev.argondb.benchmarks.spring;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/**
 * An embedded PostgreSQL whose database {@code fixture} is the template of each test's own: one context, one connection per test,
 * and no fsync.
 */
@Configuration(proxyBeanMethods = false)
public class PostgresTemplates {

    private static final String FIXTURE = "fixture";

    /** Starts a server; throws where it cannot run. */
    public static EmbeddedPostgres start() throws IOException {
        return EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
    }

    @Bean(destroyMethod = "close")
    EmbeddedPostgres postgres() throws IOException {
        return start();
    }

    @Bean(destroyMethod = "close")
    Current dataSource(EmbeddedPostgres postgres) throws SQLException {
        return new Current(postgres);
    }

    /** Connections to the database of the test that runs, before the first one to the template. */
    static final class Current extends AbstractDataSource implements AutoCloseable {

        private final EmbeddedPostgres postgres;
        private final AtomicInteger copies = new AtomicInteger();
        private SingleConnectionDataSource connection;
        private String name = FIXTURE;

        Current(EmbeddedPostgres postgres) throws SQLException {
            this.postgres = postgres;
            execute("create database " + FIXTURE);
            this.connection = connect();
        }

        void copy() throws SQLException {
            connection.close();
            name = "test_" + copies.incrementAndGet();
            execute("create database " + name + " template " + FIXTURE);
            connection = connect();
        }

        void drop() throws SQLException {
            connection.close();
            execute("drop database " + name);
        }

        private SingleConnectionDataSource connect() throws SQLException {
            DataSource target = postgres.getDatabase("postgres", name);
            return new SingleConnectionDataSource(target.getConnection(), true);
        }

        private void execute(String sql) throws SQLException {
            try (Connection admin = postgres.getPostgresDatabase().getConnection();
                    Statement statement = admin.createStatement()) {
                statement.execute(sql);
            }
        }

        @Override
        public Connection getConnection() throws SQLException {
            return connection.getConnection();
        }

        @Override
        public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
            return connection.getConnection();
        }

        @Override
        public void close() {
            connection.close();
        }
    }

    /** Makes and drops the copies. */
    static final class Copies extends AbstractTestExecutionListener {

        @Override
        public int getOrder() {
            return Ordered.LOWEST_PRECEDENCE;
        }

        @Override
        public void beforeTestMethod(TestContext test) throws SQLException {
            current(test).copy();
        }

        @Override
        public void afterTestMethod(TestContext test) throws SQLException {
            current(test).drop();
        }

        private static Current current(TestContext test) {
            return test.getApplicationContext().getBean(Current.class);
        }
    }
}
