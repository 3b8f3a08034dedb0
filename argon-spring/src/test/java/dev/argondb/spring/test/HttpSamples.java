package dev.argondb.spring.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.asyncDispatch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.request;

import dev.argondb.BranchScope;
import dev.argondb.InvalidRequestException;
import dev.argondb.junit.ArgonBranch;
import dev.argondb.junit.ArgonFixture;
import dev.argondb.spring.shop.Product;
import dev.argondb.spring.shop.Products;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.boot.resttestclient.TestRestTemplate;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureTestRestTemplate;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.web.client.RestClient;

/** Test classes with a server. */
@NullUnmarked
final class HttpSamples {

    private HttpSamples() {}

    @SpringBootTest(classes = BranchShop.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
    @TestPropertySource(
            properties = {
                "argon.url=mem:http-test-${random.uuid}",
                "server.address=127.0.0.1",
                "logging.level.root=warn",
                "spring.main.banner-mode=off",
                "spring.test.print-condition-evaluation-report=false",
                ShopTest.CREATE,
                ShopTest.NO_FLYWAY,
                ShopTest.NO_LIQUIBASE,
                ShopTest.INIT,
                ShopTest.FIXTURE,
                ShopTest.DEFERRED
            })
    @AutoConfigureTestRestTemplate
    @AutoConfigureRestTestClient
    static class OverHttp {
        static final AtomicReference<String> ENDED = new AtomicReference<>();

        @LocalServerPort
        int port;

        @Autowired
        Products products;

        @Autowired
        TestRestTemplate template;

        @Autowired
        RestTestClient client;

        @Autowired
        RestClient.Builder clients;

        @Autowired
        RestTemplateBuilder templates;

        @Autowired
        TestBranchHeader header;

        URI uri(String path) {
            return URI.create("http://127.0.0.1:" + port + path);
        }

        HttpResponse<String> send(HttpRequest request) throws Exception {
            return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        }

        HttpResponse<String> count(String value) throws Exception {
            return send(HttpRequest.newBuilder(uri("/count"))
                    .header(header.name(), value)
                    .build());
        }
    }

    @ArgonBranch
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class Branched extends OverHttp {

        @RepeatedTest(4)
        void everyClient_isOnTheBranch() {
            products.save(new Product("third", 1));
            assertThat(template.getForObject("/count", Long.class)).isEqualTo(3);
            assertThat(template.withBasicAuth("nobody", "x").getForObject("/count", Long.class))
                    .isEqualTo(3);
            template.postForObject("/products?name=fourth", null, Long.class);
            assertThat(products.count()).isEqualTo(4);
            client.get().uri("/count").exchange().expectBody(Long.class).isEqualTo(4L);
            client.mutate()
                    .build()
                    .get()
                    .uri("/count")
                    .exchange()
                    .expectBody(Long.class)
                    .isEqualTo(4L);
            assertThat(clients.build().get().uri(uri("/count")).retrieve().body(Long.class))
                    .isEqualTo(4);
            assertThat(templates.build().getForObject(uri("/count"), Long.class))
                    .isEqualTo(4);
        }

        @Test
        void clientOfTheTestsOwn_withTheHeader_isOnTheBranch() throws Exception {
            products.save(new Product("third", 1));
            assertThat(count(header.value()).body()).isEqualTo("3");
            assertThat(send(HttpRequest.newBuilder(uri("/count")).build()).body())
                    .as("without it on main")
                    .isEqualTo("2");
        }

        @Test
        void forgedHeaders_areRefused(ArgonFixture fixture) throws Exception {
            HttpResponse<String> forged = count("0123 " + fixture.branch().name());
            assertThat(forged.statusCode()).isEqualTo(403);
            assertThat(forged.body())
                    .isEqualToIgnoringNewLines(
                            "header `Argon-Test-Branch` is of no test of this application; it is for its tests"
                                    + " alone");
            String token = header.value().substring(0, header.value().indexOf(' ') + 1);
            assertThat(count(token + "main").statusCode()).isEqualTo(403);
            assertThat(count(token + "@").statusCode()).isEqualTo(403);
            assertThat(count(token + "tag:test/x").statusCode()).isEqualTo(403);
            assertThat(count("nothing").statusCode()).isEqualTo(403);
        }

        @Test
        void pastOfTheBranch_isReached(ArgonFixture fixture) {
            String before = fixture.branch().name() + "@" + fixture.mark();
            products.save(new Product("third", 1));
            BranchScope.run(before, () -> assertThat(template.getForObject("/count", Long.class))
                    .isEqualTo(2));
        }

        @Test
        void otherServers_areNotGivenTheToken() {
            assertThat(header.isForServer(uri("/"))).isTrue();
            assertThat(header.isForServer(URI.create("http://localhost:" + port)))
                    .isTrue();
            assertThat(header.isForServer(URI.create("http://example.org:" + port)))
                    .isFalse();
            assertThat(header.isForServer(URI.create("http://localhost:" + (port - 1))))
                    .isFalse();
            assertThat(header.isForServer(URI.create("http://localhost/"))).isFalse();
        }

        @Test
        void threadOfTheTestsOwn_hasNoHeader() throws Exception {
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread thread = new Thread(() -> {
                try {
                    header.value();
                } catch (InvalidRequestException e) {
                    thrown.set(e);
                }
            });
            thread.start();
            thread.join();
            assertThat(thrown.get())
                    .hasMessage(
                            "no test with a branch runs in this thread; ask for the header in the test's thread, or within"
                                    + " `fixture.enter()`");
        }

        @Test
        void y_remembersItsHeader() {
            ENDED.set(header.value());
        }

        @Test
        void z_headerOfAnEndedTest_isRefused() throws Exception {
            HttpResponse<String> late = count(ENDED.get());
            assertThat(late.statusCode()).isEqualTo(410);
            assertThat(late.body())
                    .contains("is gone with its test; let a test wait for the requests it sends")
                    .startsWith("`test/Branched.y_remembersItsHeader/");
        }
    }

    @ArgonBranch
    static class Load extends OverHttp {
        @RepeatedTest(40)
        void requestsOfTestsAtTheSameTime_doNotMeet() {
            for (long i = 3; i < 8; i++) {
                template.postForObject("/products?name=another", null, Long.class);
                client.get().uri("/count").exchange().expectBody(Long.class).isEqualTo(i);
            }
        }
    }

    /** Shares its context with the annotated one. */
    static class NotBranched extends OverHttp {
        @Test
        void isOnMain() {
            assertThat(template.getForObject("/count", Long.class)).isEqualTo(2);
            assertThatThrownBy(() -> header.value()).isInstanceOf(InvalidRequestException.class);
        }
    }

    @ShopTest
    @ArgonBranch
    @AutoConfigureMockMvc
    static class Mocked {
        @Autowired
        MockMvc mvc;

        @Autowired
        Products products;

        @RepeatedTest(2)
        void isOnTheBranch() throws Exception {
            mvc.perform(post("/products?name=third"));
            assertThat(products.count()).isEqualTo(3);
            mvc.perform(get("/count")).andExpect(content().string("3"));
        }
    }

    @ArgonBranch
    static class Async extends OverHttp {
        @Test
        void laterAnswers_areOfTheBranch() {
            products.save(new Product("third", 1));
            assertThat(template.getForObject("/count-later", Long.class)).isEqualTo(3);
        }
    }

    @ShopTest
    @ArgonBranch
    @AutoConfigureMockMvc
    static class MockedAsync {
        @Autowired
        MockMvc mvc;

        @Autowired
        Products products;

        @Test
        void laterAnswers_areOfTheBranch() throws Exception {
            products.save(new Product("third", 1));
            MvcResult started = mvc.perform(get("/count-later"))
                    .andExpect(request().asyncStarted())
                    .andReturn();
            mvc.perform(asyncDispatch(started)).andExpect(content().string("3"));
        }

        @Test
        void tasks_areOnTheBranch(@Qualifier("applicationTaskExecutor") AsyncTaskExecutor executor) throws Exception {
            executor.submit(() -> products.save(new Product("third", 1))).get();
            assertThat(products.count()).isEqualTo(3);
            assertThat(executor.submit(() -> products.count()).get()).isEqualTo(3);
        }
    }
}
