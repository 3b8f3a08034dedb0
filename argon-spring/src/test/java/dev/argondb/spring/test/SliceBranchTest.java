package dev.argondb.spring.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slices are on branches, and on a database of their own where Boot's would be. */
class SliceBranchTest {

    @Test
    void dataJpaTest_isOnABranchOfADatabaseInMemory() {
        int contexts = BranchShop.CONTEXTS.get();

        SampleRun.of(SliceSamples.Jpa.class, SliceSamples.JpaRolledBack.class).passed(6);

        assertThat(BranchShop.CONTEXTS.get() - contexts)
                .as("one context for both classes")
                .isEqualTo(1);
        assertThat(Path.of("target/never-made")).doesNotExist();
    }

    @Test
    void jdbcTest_isOnABranchOfADatabaseInMemory() {
        SampleRun.of(SliceSamples.Jdbc.class).passed(2);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                SliceSamples.Any.class,
                SliceSamples.AutoConfigured.class,
                SliceSamples.InMemory.class,
                SliceSamples.None.class,
                SliceSamples.OnH2.class
            })
    void replace_isHonoured(Class<?> sample) {
        SampleRun.of(sample).passed(1);
    }

    @Test
    void h2AskedFor_withABranch_refused() {
        assertThat(SampleRun.of(SliceSamples.OnH2WithBranch.class).failure())
                .hasMessageContaining("the data source of the application of `"
                        + SliceSamples.OnH2WithBranch.class.getName() + "` is not Argon's but `")
                .hasMessageContaining("where @ArgonBranch makes no branches; leave out what replaces it");
    }
}
