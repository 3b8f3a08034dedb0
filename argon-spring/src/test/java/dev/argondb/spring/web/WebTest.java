package dev.argondb.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.Argon;
import dev.argondb.BranchScope;
import dev.argondb.spring.shop.Product;
import dev.argondb.spring.shop.Products;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** A server whose lamp costs 40 on main and 30 on sale. */
@SpringBootTest(
        classes = WebShop.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "argon.url=mem:web-test",
            "argon.web.enabled=true",
            "argon.web.parameter=ref",
            "argon.web.session-attribute=ref",
            "spring.jpa.hibernate.ddl-auto=update",
            "spring.liquibase.enabled=false",
            "spring.flyway.enabled=false"
        })
abstract class WebTest {

    @Autowired
    Argon argon;

    @Autowired
    Products products;

    @Autowired
    JdbcTemplate jdbc;

    @LocalServerPort
    private int port;

    final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .build();

    @BeforeEach
    void lamp() {
        WebShop.STRANGERS.set(0);
        products.deleteAll();
        products.save(new Product("lamp", 40));
        branch("sale", 30);
    }

    void branch(String name, int price) {
        argon.findBranch(name).ifPresent(branch -> argon.deleteBranch(name));
        argon.createBranch(name, "main");
        BranchScope.run(name, () -> jdbc.update("update product set price = ?", price));
    }

    @AfterEach
    void leavesNoScopeOnAnyThread() {
        assertThat(WebShop.STRANGERS).hasValue(0);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    /** As an editor, who may see all. */
    HttpRequest.Builder editor(String path) {
        return as("ann", path);
    }

    HttpRequest.Builder as(String user, String path) {
        return request(path)
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString((user + ":pw").getBytes(StandardCharsets.UTF_8)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    String body(HttpRequest.Builder request) throws IOException, InterruptedException {
        return send(request).body();
    }
}
