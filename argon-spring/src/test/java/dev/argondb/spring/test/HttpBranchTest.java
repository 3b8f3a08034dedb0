package dev.argondb.spring.test;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tests of a server reach their branch over HTTP. */
class HttpBranchTest {

    @Test
    void randomPort_clientsOfBoot_reachTheBranchOfTheirTest() {
        int contexts = BranchShop.CONTEXTS.get();

        SampleRun.of(HttpSamples.Branched.class).passed(11);
        SampleRun.parallel(HttpSamples.Load.class).passed(40);
        SampleRun.of(HttpSamples.NotBranched.class).passed(1);

        assertThat(BranchShop.CONTEXTS.get() - contexts)
                .as("one context for classes with and without a branch")
                .isLessThanOrEqualTo(1);
    }

    @Test
    void mockMvc_isOnTheBranch() {
        SampleRun.of(HttpSamples.Mocked.class).passed(2);
    }

    @Test
    void threadsOfTheApplication_areOnTheBranchOfTheTestThatStartedThem() {
        SampleRun.of(HttpSamples.Async.class, HttpSamples.MockedAsync.class).passed(3);
    }
}
