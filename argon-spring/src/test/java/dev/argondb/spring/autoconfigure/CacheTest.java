package dev.argondb.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.Argon;
import dev.argondb.BranchScope;
import dev.argondb.Lsn;
import dev.argondb.Ref;
import dev.argondb.spring.autoconfigure.notes.Note;
import dev.argondb.spring.autoconfigure.notes.Notes;
import dev.argondb.spring.autoconfigure.notes.NotesApplication;
import jakarta.persistence.EntityManagerFactory;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** The second-level and the query cache are on, and no branch sees what is cached of another. */
@SpringBootTest(
        classes = NotesApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "argon.url=mem:cache-test",
            "spring.jpa.properties.hibernate.cache.use_second_level_cache=true",
            "spring.jpa.properties.hibernate.cache.use_query_cache=true",
            "spring.jpa.properties.hibernate.cache.region_prefix=cache-test",
            "spring.jpa.properties.hibernate.javax.cache.missing_cache_strategy=create",
            "spring.jpa.properties.hibernate.generate_statistics=true",
            "spring.liquibase.enabled=false",
            "spring.flyway.enabled=false"
        })
class CacheTest {

    @Autowired
    private Notes notes;

    @Autowired
    private Argon argon;

    @Autowired
    private EntityManagerFactory factory;

    private long id;

    @BeforeEach
    void noteOnMainAndBranch() {
        notes.deleteAll();
        id = java.util.Objects.requireNonNull(notes.save(new Note("main")).getId());
        if (argon.findBranch("cached").isPresent()) {
            argon.deleteBranch("cached");
        }
        argon.createBranch("cached", "main");
    }

    private Statistics statistics() {
        return factory.unwrap(SessionFactory.class).getStatistics();
    }

    private String text() {
        return notes.findById(id).orElseThrow().getText();
    }

    private void change(String text) {
        Note note = notes.findById(id).orElseThrow();
        note.setText(text);
        notes.save(note);
    }

    @Test
    void entity_cachedOnBothBranches_isThatOfTheBranch() {
        BranchScope.run("cached", () -> change("branch"));
        assertThat(text()).isEqualTo("main");
        BranchScope.run("cached", () -> assertThat(text()).isEqualTo("branch"));
        statistics().clear();

        assertThat(text()).isEqualTo("main");
        BranchScope.run("cached", () -> assertThat(text()).isEqualTo("branch"));

        assertThat(statistics().getSecondLevelCacheHitCount()).isEqualTo(2);
        assertThat(statistics().getPrepareStatementCount()).isZero();
    }

    @Test
    void query_cachedOnBothBranches_isThatOfTheBranch() {
        BranchScope.run("cached", () -> change("more on the branch"));
        for (int time = 0; time < 2; time++) {
            statistics().clear();
            assertThat(notes.findByTextStartingWith("ma")).hasSize(1);
            BranchScope.run("cached", () -> assertThat(notes.findByTextStartingWith("ma"))
                    .isEmpty());
        }
        assertThat(statistics().getQueryCacheHitCount()).isEqualTo(2);
    }

    @Test
    void branch_reset_forgetsWhatWasCached() {
        Lsn before = argon.resolve(Ref.parse("cached")).orElseThrow();
        BranchScope.run("cached", () -> change("undone"));
        BranchScope.run("cached", () -> assertThat(text()).isEqualTo("undone"));

        argon.resetBranch("cached", before);

        BranchScope.run("cached", () -> assertThat(text()).isEqualTo("main"));
    }

    @Test
    void pastMoment_doesNotUseWhatIsCached() {
        Lsn before = argon.resolve(Ref.MAIN).orElseThrow();
        change("later");
        assertThat(text()).isEqualTo("later");

        BranchScope.run("main@" + before, () -> assertThat(text()).isEqualTo("main"));
    }
}
