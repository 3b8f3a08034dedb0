package dev.argondb.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.Argon;
import dev.argondb.BranchScope;
import dev.argondb.spring.CommitMessage;
import dev.argondb.spring.CommitMessageSource;
import dev.argondb.spring.autoconfigure.archive.ArchivedNote;
import dev.argondb.spring.autoconfigure.notes.Note;
import dev.argondb.spring.autoconfigure.notes.Notes;
import dev.argondb.spring.autoconfigure.notes.NotesApplication;
import jakarta.persistence.EntityManagerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.jpa.EntityManagerFactoryBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Runs what the part of the Spring guide about the starter shows, and holds that it shows nothing else. */
class CoreGuideTest {

    private static final Path GUIDE = Path.of("../docs/spring.md");
    private static final Path HERE = Path.of("src/test/java/dev/argondb/spring/autoconfigure/CoreGuideTest.java");

    @TempDir
    private Path directory;

    @Service
    static class Shelf {

        private final Argon argon;
        private final Notes notes;

        Shelf(Argon argon, Notes notes) {
            this.argon = argon;
            this.notes = notes;
        }

        long draft() {
            notes.save(new Note("on main"));
            argon.createBranch("draft", "main");
            return BranchScope.call("draft", () -> {
                notes.save(new Note("on the draft alone"));
                return notes.count();
            });
        }
    }

    static class Reasons {

        private final Notes notes;

        Reasons(Notes notes) {
            this.notes = notes;
        }

        @Transactional
        @CommitMessage("everything for less")
        public void shorten() {
            notes.findAll().forEach(note -> note.setText("less"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class NightlyJob {

        @Bean
        CommitMessageSource messages() {
            return () -> "by the nightly job";
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ArchiveUnit {

        @Bean(defaultCandidate = false)
        @Qualifier("archive")
        DataSource archiveSource() {
            JdbcDataSource source = new JdbcDataSource();
            source.setURL("jdbc:h2:mem:guide-archive;DB_CLOSE_DELAY=-1");
            return source;
        }

        @Bean(defaultCandidate = false)
        @Qualifier("archive")
        LocalContainerEntityManagerFactoryBean archiveFactory(
                @Qualifier("archive") DataSource source, EntityManagerFactoryBuilder builder) {
            return builder.dataSource(source)
                    .packages(ArchivedNote.class)
                    .persistenceUnit("archive")
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import({NotesApplication.class, Shelf.class, Reasons.class, NightlyJob.class, ArchiveUnit.class})
    static class Guide {}

    void migrate(Flyway flyway, String branch) {
        BranchScope.run(branch, flyway::migrate);
    }

    private static List<String> snippets(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(GUIDE))
                .results()
                .map((MatchResult match) -> match.group(1).strip())
                .toList();
    }

    /** Runs the application with the properties of the guide, its directories below the test's. */
    private ConfigurableApplicationContext run(String... more) throws IOException {
        List<String> properties = snippets("properties")
                .get(0)
                .lines()
                .map(line -> line.replace("./", directory + "/"))
                .toList();
        return Applications.run(
                Guide.class,
                java.util.stream.Stream.concat(properties.stream(), java.util.stream.Stream.of(more))
                        .toArray(String[]::new));
    }

    private static String lastMessage(ConfigurableApplicationContext context) {
        return Applications.text(context, "select message from argon.commits order by lsn desc limit 1");
    }

    @Test
    void guide_showsOnlyWhatIsRunHere() throws IOException {
        String here = Files.readString(HERE).replace("static class", "class").replaceAll("\\s+", " ");
        assertThat(snippets("properties")).hasSize(1);
        assertThat(snippets("java")).hasSize(5).allSatisfy(snippet -> assertThat(here)
                .contains(snippet.replaceAll("\\s+", " ")));
    }

    @Test
    void starter_worksOnBranches() throws IOException {
        try (var context = run()) {
            assertThat(context.getBean(Shelf.class).draft()).isEqualTo(2);
            assertThat(context.getBean(Notes.class).count()).isOne();
            assertThat(Files.isDirectory(directory.resolve("data"))).isTrue();
        }
    }

    @Test
    void commits_sayWhy() throws IOException {
        try (var context = run()) {
            context.getBean(Notes.class).save(new Note("much"));
            assertThat(lastMessage(context)).isEqualTo("by the nightly job");

            context.getBean(Reasons.class).shorten();
            assertThat(lastMessage(context)).isEqualTo("everything for less");
        }
    }

    @Test
    void secondUnit_isNotOnBranches() throws IOException {
        try (var context = run()) {
            context.getBean("archiveFactory", EntityManagerFactory.class)
                    .runInTransaction(entities -> entities.persist(new ArchivedNote("kept")));
            assertThat(context.getBean(Notes.class).count()).isZero();
        }
    }

    @Test
    void branch_isMigratedByItself() throws IOException {
        try (var context = run(
                "spring.flyway.enabled=true",
                "spring.flyway.baseline-on-migrate=true",
                "spring.flyway.locations=classpath:migrations/one/{vendor}")) {
            context.getBean(Argon.class).createBranch("feature", "main");
            migrate(context.getBean(Flyway.class), "feature");
            assertThat(BranchScope.call(
                            "feature", () -> context.getBean(Notes.class).count()))
                    .isZero();
        }
    }

    @Test
    void properties_ofTheGuide_areAllThatAreThere() throws IOException {
        String guide = Files.readString(GUIDE);
        assertThat(new ConfigurationMetadataTest().ownProperties())
                .isNotEmpty()
                .allSatisfy(property -> assertThat(guide).contains("`" + property + "`"));
    }
}
