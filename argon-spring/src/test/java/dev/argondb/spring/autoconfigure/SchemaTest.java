package dev.argondb.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.Argon;
import dev.argondb.spring.autoconfigure.notes.Note;
import dev.argondb.spring.autoconfigure.notes.Notes;
import dev.argondb.spring.autoconfigure.notes.NotesApplication;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.init.DatabaseInitializationProperties;
import org.springframework.boot.jdbc.init.PropertiesBasedDataSourceScriptDatabaseInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is done to the schema at start and end, in memory as Boot does it in every embedded database. */
class SchemaTest {

    /** The settings of the same application on H2 and on Argon, each in memory. */
    static Stream<Arguments> embedded() {
        return Stream.of(
                Arguments.of("argon.enabled=false", "spring.datasource.url=jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1"),
                Arguments.of("argon.enabled=true", "spring.datasource.url=jdbc:argon:mem:%s"));
    }

    private static boolean hasTable(ConfigurableApplicationContext context, String table) {
        return !context.getBean(JdbcTemplate.class)
                .queryForList("select 1 from information_schema.tables where lower(table_name) = ?", table)
                .isEmpty();
    }

    private static boolean hasTable(String url, String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url.replace("spring.datasource.url=", ""), "sa", "");
                var rows = connection
                        .createStatement()
                        .executeQuery(
                                "select 1 from information_schema.tables where lower(table_name) = '" + table + "'")) {
            return rows.next();
        }
    }

    @ParameterizedTest
    @MethodSource("embedded")
    void inMemory_schemaIsCreatedAndDropped(String enabled, String url) throws SQLException {
        String source = url.formatted("schema-1");
        try (var context = Applications.run(NotesApplication.class, enabled, source)) {
            context.getBean(Notes.class).save(new Note("gone in the end"));
            assertThat(context.getBean(Notes.class).count()).isOne();
        }
        assertThat(hasTable(source, "note")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("embedded")
    void inMemory_ddlAutoOfApplication_wins(String enabled, String url) throws SQLException {
        try (var context = Applications.run(
                NotesApplication.class, enabled, url.formatted("schema-2"), "spring.jpa.hibernate.ddl-auto=none")) {
            assertThat(hasTable(context, "note")).isFalse();
        }
        String source = url.formatted("schema-3");
        Applications.run(NotesApplication.class, enabled, source, "spring.jpa.hibernate.ddl-auto=update")
                .close();
        assertThat(hasTable(source, "note")).isTrue();
        try (var context = Applications.run(
                NotesApplication.class,
                enabled,
                url.formatted("schema-4"),
                "spring.jpa.properties.hibernate.hbm2ddl.auto=none")) {
            assertThat(hasTable(context, "note")).isFalse();
        }
        try (var context = Applications.run(
                NotesApplication.class,
                enabled,
                url.formatted("schema-5"),
                "spring.jpa.properties.jakarta.persistence.schema-generation.database.action=none")) {
            assertThat(hasTable(context, "note")).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("embedded")
    void inMemory_scriptsRun_beforeHibernate(String enabled, String url) {
        try (var context = Applications.run(
                NotesApplication.class,
                enabled,
                url.formatted("schema-6"),
                "spring.jpa.hibernate.ddl-auto=none",
                "spring.sql.init.schema-locations=classpath:scripts/schema.sql",
                "spring.sql.init.data-locations=classpath:scripts/data.sql")) {
            assertThat(context.getBean(Notes.class).findAll())
                    .extracting(Note::getText)
                    .containsExactly("by script");
        }
    }

    @ParameterizedTest
    @MethodSource("embedded")
    void inMemory_dataScriptDeferred_runsAfterHibernate(String enabled, String url) {
        try (var context = Applications.run(
                NotesApplication.class,
                enabled,
                url.formatted("schema-7"),
                "spring.jpa.defer-datasource-initialization=true",
                "spring.sql.init.data-locations=classpath:scripts/data.sql")) {
            assertThat(context.getBean(Notes.class).findAll())
                    .extracting(Note::getText)
                    .containsExactly("by script");
        }
    }

    @ParameterizedTest
    @MethodSource("embedded")
    void inMemory_scriptsNotWanted_doNotRun(String enabled, String url) {
        try (var context = Applications.run(
                NotesApplication.class,
                enabled,
                url.formatted("schema-8"),
                "spring.sql.init.mode=never",
                "spring.sql.init.schema-locations=classpath:scripts/schema.sql",
                "spring.jpa.hibernate.ddl-auto=none")) {
            assertThat(hasTable(context, "note")).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("embedded")
    void inMemory_tablesOfOtherProjects_areMade(String enabled, String url) {
        try (var context = Applications.run(JobApplication.class, enabled, url.formatted("schema-9"))) {
            assertThat(hasTable(context, "job")).isTrue();
        }
    }

    @Test
    void onDisk_schemaIsUpdatedAndKept_scriptsDoNotRun(@TempDir Path directory) throws SQLException {
        String url = "argon.url=file:" + directory;
        try (var context = Applications.run(
                JobApplication.class, url, "spring.sql.init.data-locations=classpath:scripts/data.sql")) {
            context.getBean(Notes.class).save(new Note("kept"));
            assertThat(hasTable(context, "job")).isFalse();
        }
        try (var context = Applications.run(NotesApplication.class, url)) {
            assertThat(context.getBean(Notes.class).findAll())
                    .extracting(Note::getText)
                    .containsExactly("kept");
        }
    }

    @Test
    void onDisk_scriptsWanted_runAsTheirUser(@TempDir Path directory) {
        try (var context = Applications.run(
                NotesApplication.class,
                "argon.url=file:" + directory,
                "spring.jpa.defer-datasource-initialization=true",
                "spring.sql.init.mode=always",
                "spring.sql.init.username=installer",
                "spring.sql.init.password=any",
                "spring.sql.init.data-locations=classpath:scripts/data.sql")) {
            assertThat(Applications.text(context, "select author from argon.commits order by lsn desc limit 1"))
                    .isEqualTo("installer");
        }
    }

    @Test
    void otherBranches_keepSchemaAndData_whenTheDefaultOneIsDropped() throws SQLException {
        try (var context = Applications.run(NotesApplication.class, "argon.url=mem:schema-10")) {
            context.getBean(Notes.class).save(new Note("kept"));
            context.getBean(Argon.class).createBranch("copy", "main");
        }
        assertThat(hasTable("jdbc:argon:mem:schema-10", "note")).isFalse();
        assertThat(hasTable("jdbc:argon:mem:schema-10?branch=copy", "note")).isTrue();
        Applications.run(NotesApplication.class, "argon.url=mem:schema-10").close();
        try (var context = Applications.run(
                NotesApplication.class,
                "argon.url=mem:schema-10",
                "argon.ref=copy",
                "argon.schema.management=validate")) {
            assertThat(context.getBean(Notes.class).findAll())
                    .extracting(Note::getText)
                    .containsExactly("kept");
        }
    }

    @Test
    void pastMoment_isLeftAlone() {
        try (var context =
                Applications.run(NotesApplication.class, "argon.url=mem:schema-11", "argon.schema.management=update")) {
            context.getBean(Notes.class).save(new Note("of old"));
            context.getBean(Argon.class).createTag("v1", dev.argondb.Ref.MAIN);
        }
        try (var context = Applications.run(NotesApplication.class, "argon.url=mem:schema-11", "argon.ref=tag:v1")) {
            assertThat(context.getBean(Notes.class).findAll())
                    .extracting(Note::getText)
                    .containsExactly("of old");
        }
    }

    @Test
    void management_ofArgon_isDone() {
        assertThatThrownBy(() -> Applications.run(
                        NotesApplication.class, "argon.url=mem:schema-12", "argon.schema.management=validate"))
                .rootCause()
                .hasMessageContaining("missing table [note]");
        try (var context =
                Applications.run(NotesApplication.class, "argon.url=mem:schema-13", "argon.schema.management=none")) {
            assertThat(hasTable(context, "note")).isFalse();
        }
    }

    @Test
    void management_besideAnotherActionOfHibernate_isRefusedByName() {
        assertThatThrownBy(() -> Applications.run(
                        NotesApplication.class,
                        "argon.url=mem:schema-14",
                        "argon.schema.management=validate",
                        "spring.jpa.properties.hibernate.hbm2ddl.auto=update"))
                .rootCause()
                .hasMessage(
                        "`argon.schema.management` is `validate`, and `hibernate.hbm2ddl.auto` is `update`: they say two"
                                + " different things about the schema.");
    }

    /** An application with a project, such as Spring Batch, that makes its own tables in embedded databases. */
    @Configuration(proxyBeanMethods = false)
    @Import(NotesApplication.class)
    @EnableConfigurationProperties(JobProperties.class)
    static class JobApplication {

        @Bean
        PropertiesBasedDataSourceScriptDatabaseInitializer<JobProperties> jobs(
                javax.sql.DataSource source, JobProperties properties) {
            return new PropertiesBasedDataSourceScriptDatabaseInitializer<>(source, properties);
        }
    }

    @ConfigurationProperties("jobs")
    static class JobProperties extends DatabaseInitializationProperties {

        @Override
        public String getDefaultSchemaLocation() {
            return "classpath:scripts/jobs-@@platform@@.sql";
        }
    }
}
