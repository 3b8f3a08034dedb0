package dev.argondb.spring.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.Lsn;
import dev.argondb.junit.ArgonBranch;
import dev.argondb.junit.ArgonFixture;
import dev.argondb.spring.shop.Product;
import dev.argondb.spring.shop.Products;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.TestRestTemplate;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureTestRestTemplate;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.jdbc.Sql;
import org.springframework.transaction.annotation.Transactional;

/** Runs what `docs/spring.md` shows of tests, and holds that it shows nothing else. */
@NullUnmarked
@TestPropertySource(
        properties = {
            "argon.url=mem:test-${random.uuid}",
            "server.address=127.0.0.1",
            "logging.level.root=warn",
            "spring.main.banner-mode=off",
            "spring.test.print-condition-evaluation-report=false",
            ShopTest.CREATE,
            ShopTest.NO_FLYWAY,
            ShopTest.NO_LIQUIBASE
        })
class SpringTestGuideTest {

    private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Nested
    @SpringBootTest
    @ArgonBranch
    class OrderTest {

        @Autowired
        Products products;

        @Test
        void commits_freely() {
            products.save(new Product("lamp", 40));

            assertThat(products.count()).isEqualTo(1);
        }

        @Test
        void sees_nothing_of_it() {
            assertThat(products.count()).isZero();
        }
    }

    @Nested
    @SpringBootTest
    @ArgonBranch
    @Sql(
            statements = "insert into product (id, version, name, price) values (-1, 0, 'desk', 90)",
            executionPhase = Sql.ExecutionPhase.BEFORE_TEST_CLASS)
    class DeskTest {

        @Test
        @Transactional
        void rolls_back(@Autowired Products products, EntityManager em) {
            em.persist(new Product("lamp", 40));
            assertThat(products.count()).isEqualTo(2);
        }

        @Test
        void tries_twice(@Autowired Products products, ArgonFixture fixture) {
            Lsn before = fixture.mark();
            Long first = products.save(new Product("first try", 1)).getId();

            fixture.rollbackTo(before);

            assertThat(products.save(new Product("second try", 1)).getId()).isEqualTo(first);
        }
    }

    @Nested
    @SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
    @AutoConfigureTestRestTemplate
    @ArgonBranch
    class ShopHttpTest {

        @Autowired
        TestRestTemplate http;

        @Test
        void server_is_on_the_branch(@Autowired Products products) {
            products.save(new Product("lamp", 40));
            assertThat(http.getForObject("/count", Long.class)).isEqualTo(1);
        }

        @Test
        void another_client_sends_the_header(@LocalServerPort int port, @Autowired TestBranchHeader branch)
                throws Exception {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/count"))
                    .header(branch.name(), branch.value())
                    .build();
            HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            assertThat(answer.body()).isEqualTo("0");
        }
    }

    @Test
    void everySnippetOfTheGuide_isRunHere() throws IOException {
        String here =
                squeezed(Files.readString(Path.of("src/test/java/dev/argondb/spring/test/SpringTestGuideTest.java")));
        List<String> snippets = SNIPPET.matcher(Files.readString(Path.of("../docs/spring-test.md")))
                .results()
                .map(MatchResult::group)
                .map(text -> squeezed(text.substring("```java".length(), text.length() - "```".length())))
                .toList();

        assertThat(snippets).hasSizeGreaterThan(2).allSatisfy(snippet -> assertThat(here)
                .contains(snippet));
    }

    /** A text without what a formatter may change. */
    private static String squeezed(String text) {
        return text.replaceAll("\\s+", "");
    }
}
