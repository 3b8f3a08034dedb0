package dev.argondb.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.Argon;
import dev.argondb.Lsn;
import dev.argondb.orm.hibernate.BranchSessionFactory;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Runs what `docs/testing.md` shows, and holds that it shows nothing else. */
class TestingGuideTest {

    private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Nested
    @ArgonBranch
    class PriceTest {

        @ArgonDatabase
        static BranchSessionFactory shop() {
            Argon argon = Argon.open("mem:price-test");
            BranchSessionFactory factory =
                    BranchSessionFactory.of(argon, Map.of("hibernate.hbm2ddl.auto", "update"), Item.class);
            factory.main().inTransaction(session -> session.persist(new Item("lamp")));
            return factory;
        }

        @Test
        void commits_freely(SessionFactory sessions) {
            sessions.inTransaction(session -> session.persist(new Item("chair")));

            assertThat(count(sessions)).isEqualTo(2);
        }

        @Test
        void sees_nothing_of_it(EntityManager em) {
            assertThat(em.createQuery("select count(*) from Item").getSingleResult())
                    .isEqualTo(1L);
        }
    }

    @Nested
    @ArgonBranch(url = "jdbc:argon:mem:jdbc-test", from = "main")
    class JdbcTest {

        @Test
        void creates_tables(Connection connection) throws SQLException {
            connection.createStatement().execute("create table note (id int primary key)");
        }
    }

    /** The database of the last snippet. */
    static final class Shop {
        private Shop() {}

        @ArgonDatabase
        static BranchSessionFactory shop() {
            return BranchSessionFactory.of(
                    Argon.open("mem:guide-shop"), Map.of("hibernate.hbm2ddl.auto", "update"), Item.class);
        }
    }

    @Test
    @ArgonBranch(database = Shop.class)
    void tries_twice(ArgonFixture fixture, SessionFactory sessions) {
        Lsn before = fixture.mark();
        Long first = persist(sessions, "first try");

        fixture.rollbackTo(before);

        assertThat(persist(sessions, "second try")).isEqualTo(first);
    }

    @Test
    void everySnippetOfTheGuide_isRunHere() throws IOException {
        String here = squeezed(Files.readString(Path.of("src/test/java/dev/argondb/junit/TestingGuideTest.java")));
        List<String> snippets = SNIPPET.matcher(Files.readString(Path.of("../docs/testing.md")))
                .results()
                .map(MatchResult::group)
                .map(text -> squeezed(text.substring("```java".length(), text.length() - "```".length())))
                .toList();

        assertThat(snippets).hasSizeGreaterThan(2).allSatisfy(snippet -> assertThat(here)
                .contains(snippet));
    }

    private static long count(SessionFactory sessions) {
        return SampleShop.count(sessions);
    }

    private static Long persist(SessionFactory sessions, String name) {
        return SampleShop.add(sessions, name).id;
    }

    /** A text without what a formatter may change. */
    private static String squeezed(String text) {
        return text.replaceAll("\\s+", "");
    }
}
