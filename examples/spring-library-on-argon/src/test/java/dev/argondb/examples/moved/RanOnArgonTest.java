package dev.argondb.examples.moved;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.library.LibraryApplication;
import dev.argondb.Argon;
import dev.argondb.Ref;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.ContextConfiguration;

/** The witness is asked about the kinds of contexts that the library's tests have. */
class RanOnArgonTest {

    @SpringBootTest
    @AutoConfigureMockMvc
    @ContextConfiguration(classes = LibraryApplication.class)
    static class WholeApplicationTest {

        @Autowired
        private ApplicationContext context;

        @Autowired
        private Argon argon;

        @Test
        void application_started_isSeenOnArgon() {
            assertThat(ArgonWitness.saw(context)).isTrue();
            assertThat(argon.location()).isEqualTo("mem:library");
            assertThat(argon.commits(Ref.Head.MAIN, 1)).isNotEmpty();
        }
    }

    @DataJpaTest
    @ContextConfiguration(classes = LibraryApplication.class)
    static class SliceTest {

        @Autowired
        private ApplicationContext context;

        @Test
        void slice_started_isSeenOnArgon() {
            assertThat(ArgonWitness.saw(context)).isTrue();
        }
    }
}
