package dev.argondb.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.Argon;
import dev.argondb.BranchScope;
import dev.argondb.spring.autoconfigure.notes.Note;
import dev.argondb.spring.autoconfigure.notes.Notes;
import dev.argondb.spring.autoconfigure.notes.NotesApplication;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jdbc.health.DataSourceHealthIndicator;
import org.springframework.boot.jdbc.metrics.DataSourcePoolMetrics;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;

/** A context holds its directory while it lives, and no longer; it lives in all the ways that Boot's contexts do. */
class LifecycleTest {

    @TempDir
    private Path directory;

    private String url() {
        return "argon.url=file:" + directory;
    }

    private boolean isFree() {
        return new DirectoryUse(directory).isFree();
    }

    /** Prints what the first application of a directory without settings works on. */
    static final class Unconfigured {
        public static void main(String[] arguments) {
            try (var context = Applications.run(NotesApplication.class)) {
                System.out.println("works on " + context.getBean(Argon.class).location());
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(NotesApplication.class)
    static class FailingBean {
        @Bean
        String failing(Notes notes) {
            throw new IllegalStateException("on purpose, after " + notes.count() + " notes");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(NotesApplication.class)
    static class FailingStart {
        @EventListener(ApplicationReadyEvent.class)
        void failing() {
            throw new IllegalStateException("on purpose");
        }
    }

    @Test
    void context_closed_letsGoOfTheDirectory() {
        var context = Applications.run(NotesApplication.class, url());
        context.getBean(Notes.class).save(new Note("kept"));
        assertThat(isFree()).isFalse();

        context.close();

        assertThat(isFree()).isTrue();
    }

    @Test
    void secondContext_sharesTheDirectory() {
        try (var first = Applications.run(NotesApplication.class, url())) {
            try (var second = Applications.run(NotesApplication.class, url())) {
                first.getBean(Notes.class).save(new Note("seen by both"));
                assertThat(second.getBean(Notes.class).count()).isOne();
            }
            assertThat(first.getBean(Notes.class).count()).isOne();
            assertThat(isFree()).isFalse();
        }
        assertThat(isFree()).isTrue();
    }

    @Test
    void context_thatFailsToStart_letsGoOfTheDirectory() {
        assertThatThrownBy(() -> Applications.run(FailingBean.class, url()))
                .rootCause()
                .hasMessage("on purpose, after 0 notes");
        assertThat(isFree()).isTrue();
        assertThatThrownBy(() -> Applications.run(FailingStart.class, url())).hasMessage("on purpose");
        assertThat(isFree()).isTrue();
    }

    @Test
    void schema_thatDoesNotValidate_letsGoOfTheDirectory() {
        assertThatThrownBy(() -> Applications.run(NotesApplication.class, url(), "argon.schema.management=validate"))
                .rootCause()
                .hasMessageContaining("missing table [note]");
        assertThat(isFree()).isTrue();
    }

    @Test
    void lazyInitialization_works() {
        try (var context = Applications.run(NotesApplication.class, url(), "spring.main.lazy-initialization=true")) {
            context.getBean(Argon.class).createBranch("feature", "main");
            BranchScope.run("feature", () -> context.getBean(Notes.class).save(new Note("on the branch")));
            assertThat(context.getBean(Notes.class).count()).isZero();
        }
        assertThat(isFree()).isTrue();
    }

    /** As DevTools does it: the same classes again, by another class loader, in the same process. */
    @Test
    void restart_withNewClassesOfTheApplication_works() throws Exception {
        for (int time = 1; time <= 2; time++) {
            try (RestartingClassLoader classes = new RestartingClassLoader()) {
                ClassLoader before = Thread.currentThread().getContextClassLoader();
                Thread.currentThread().setContextClassLoader(classes);
                try (var context = Applications.run(
                        classes.loadClass(NotesApplication.class.getName()),
                        "argon.url=mem:lifecycle-restart",
                        "argon.schema.management=update")) {
                    assertThat(context.getBeanNamesForType(Notes.class)).isEmpty();
                    JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
                    assertThat(jdbc.queryForObject("select count(*) from note", Integer.class))
                            .isEqualTo(time - 1);
                    Class<?> note = classes.loadClass(Note.class.getName());
                    Object entity = note.getConstructor(String.class).newInstance("of time " + time);
                    context.getBean(jakarta.persistence.EntityManagerFactory.class)
                            .runInTransaction(entities -> entities.persist(entity));
                } finally {
                    Thread.currentThread().setContextClassLoader(before);
                }
            }
        }
    }

    /** Loads the classes of the application itself, all others through its parent. */
    private static final class RestartingClassLoader extends java.net.URLClassLoader {

        RestartingClassLoader() {
            super(
                    new java.net.URL[] {
                        NotesApplication.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                    },
                    LifecycleTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(NotesApplication.class.getPackageName())) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }

    @Test
    void health_ofTheDataSource_isUp() {
        try (var context = Applications.run(NotesApplication.class, url())) {
            var indicator = context.getBean("dbHealthContributor", DataSourceHealthIndicator.class);
            var health = Objects.requireNonNull(indicator.health(true));
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails())
                    .containsEntry("database", "H2")
                    .containsEntry("validationQuery", "isValid()");
        }
    }

    @Test
    void metrics_ofPools_areNotThere() {
        try (var context = Applications.run(NotesApplication.class, url())) {
            assertThat(context.getBeansOfType(DataSourcePoolMetrics.class)).isEmpty();
            assertThat(context.getBeansOfType(DataSource.class)).hasSize(1);
        }
    }

    @Test
    void unconfigured_worksInADirectoryBelowTheWorkingOne() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Unconfigured.class.getName())
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(output.lines().filter(line -> line.startsWith("works on")))
                    .containsExactly("works on file:" + directory.toRealPath().resolve("argon-data"));
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(Files.exists(directory.resolve("argon-data/LOCK"))).isTrue();
    }
}
