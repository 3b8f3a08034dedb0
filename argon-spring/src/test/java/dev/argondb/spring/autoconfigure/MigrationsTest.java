package dev.argondb.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.Argon;
import dev.argondb.BranchScope;
import dev.argondb.Ref;
import dev.argondb.spring.autoconfigure.notes.Note;
import dev.argondb.spring.autoconfigure.notes.Notes;
import dev.argondb.spring.autoconfigure.notes.NotesApplication;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import liquibase.integration.spring.SpringLiquibase;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** Flyway and Liquibase migrate on Argon as on any database, once, and on branches. */
class MigrationsTest {

    /** A tool, with two versions of the same migrations and where it keeps which have run. */
    enum Tool {
        FLYWAY(
                "flyway_schema_history where version is not null",
                "spring.flyway.enabled=true",
                "spring.flyway.locations=") {
            @Override
            String migrations(int version) {
                return version == 1
                        ? "classpath:migrations/one/{vendor}"
                        : "classpath:migrations/one/{vendor},classpath:migrations/two";
            }

            @Override
            void migrate(ConfigurableApplicationContext context) throws Exception {
                context.getBean(Flyway.class).migrate();
            }
        },
        LIQUIBASE("databasechangelog", "spring.liquibase.enabled=true", "spring.liquibase.change-log=") {
            @Override
            String migrations(int version) {
                return "classpath:migrations/changelog-" + version + ".yaml";
            }

            @Override
            void migrate(ConfigurableApplicationContext context) throws Exception {
                context.getBean(SpringLiquibase.class).afterPropertiesSet();
            }
        };

        private final String history;
        private final String enabling;
        private final String locating;

        Tool(String history, String enabling, String locating) {
            this.history = history;
            this.enabling = enabling;
            this.locating = locating;
        }

        abstract String migrations(int version);

        abstract void migrate(ConfigurableApplicationContext context) throws Exception;

        ConfigurableApplicationContext run(int version, String... settings) {
            return Applications.run(
                    NotesApplication.class,
                    Stream.concat(Stream.of(enabling, locating + migrations(version)), Stream.of(settings))
                            .toArray(String[]::new));
        }

        int ran(ConfigurableApplicationContext context) {
            return Integer.parseInt(Applications.text(context, "select count(*) from " + history));
        }
    }

    @TempDir
    private Path directory;

    private String url() {
        return "argon.url=file:" + directory;
    }

    private static List<String> columns(ConfigurableApplicationContext context) {
        return context.getBean(JdbcTemplate.class)
                .queryForList(
                        "select lower(column_name) from information_schema.columns where lower(table_name) = 'note'"
                                + " order by ordinal_position",
                        String.class);
    }

    @ParameterizedTest
    @EnumSource
    void migrations_runOnceAndOwnTheSchema(Tool tool) {
        try (var context = tool.run(1, url())) {
            assertThat(tool.ran(context)).isOne();
            assertThat(columns(context)).containsExactly("id", "text", "kept_by_migration");
            context.getBean(Notes.class).save(new Note("before"));
        }
        try (var context = tool.run(1, url())) {
            assertThat(tool.ran(context)).isOne();
            assertThat(context.getBean(Notes.class).findAll())
                    .extracting(Note::getText)
                    .containsExactly("before");
        }
    }

    @ParameterizedTest
    @EnumSource
    void branch_madeAfterwards_hasTheSchema_andMigratesByItself(Tool tool) throws Exception {
        try (var context = tool.run(1, url())) {
            context.getBean(Argon.class).createBranch("feature", "main");
        }
        try (var context = tool.run(2, url(), "argon.ref=feature")) {
            assertThat(tool.ran(context)).isEqualTo(2);
            assertThat(columns(context)).contains("added");
            BranchScope.run("main", () -> {
                assertThat(tool.ran(context)).isOne();
                assertThat(columns(context)).doesNotContain("added");
            });
            BranchScope.callChecked("main", () -> {
                tool.migrate(context);
                return tool.ran(context);
            });
            BranchScope.run("main", () -> {
                assertThat(tool.ran(context)).isEqualTo(2);
                assertThat(columns(context)).contains("added");
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void past_hasTheSchemaOfThen(Tool tool) {
        String then;
        try (var context = tool.run(1, url())) {
            context.getBean(Notes.class).save(new Note("of old"));
            then = "main@" + context.getBean(Argon.class).resolve(Ref.MAIN).orElseThrow();
        }
        try (var context = tool.run(2, url())) {
            assertThat(columns(context)).contains("added");
            BranchScope.run(then, () -> {
                assertThat(columns(context)).doesNotContain("added");
                assertThat(context.getBean(Notes.class).findAll())
                        .extracting(Note::getText)
                        .containsExactly("of old");
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void inMemory_migrationsOwnTheSchemaToo(Tool tool) {
        try (var context = tool.run(1, "argon.url=mem:migrations-" + tool)) {
            assertThat(columns(context)).contains("kept_by_migration");
        }
    }

    @Test
    void flyway_cleans_theBranchOfTheScope() {
        try (var context = Tool.FLYWAY.run(1, "argon.url=mem:migrations-clean", "spring.flyway.clean-disabled=false")) {
            context.getBean(Argon.class).createBranch("scratch", "main");
            BranchScope.run("scratch", () -> {
                context.getBean(Flyway.class).clean();
                assertThat(columns(context)).isEmpty();
            });
            assertThat(columns(context)).isNotEmpty();
        }
    }
}
