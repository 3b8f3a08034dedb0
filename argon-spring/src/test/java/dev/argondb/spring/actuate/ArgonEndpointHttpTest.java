package dev.argondb.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.Argon;
import dev.argondb.spring.shop.ShopApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** The endpoint as an operator meets it: over HTTP, with its access as Boot sets it. */
class ArgonEndpointHttpTest {

    private final HttpClient client = HttpClient.newHttpClient();

    /** Lets everybody in: who may see an endpoint is not the matter here. */
    @Configuration(proxyBeanMethods = false)
    static class Open {
        @Bean
        SecurityFilterChain open(HttpSecurity http) {
            return http.csrf(csrf -> csrf.disable())
                    .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .build();
        }
    }

    private static ConfigurableApplicationContext start(String... properties) {
        return new SpringApplicationBuilder(ShopApplication.class, Open.class)
                .properties(
                        "argon.url=mem:endpoint-http-test",
                        "server.address=127.0.0.1",
                        "server.port=0",
                        "spring.main.banner-mode=off",
                        "spring.liquibase.enabled=false",
                        "spring.flyway.enabled=false",
                        "management.endpoints.web.exposure.include=argon,health,metrics")
                .properties(properties)
                .run();
    }

    private HttpResponse<String> send(ConfigurableApplicationContext context, String method, String path, String body)
            throws IOException, InterruptedException {
        int port = Objects.requireNonNull(((ServletWebServerApplicationContext) context).getWebServer())
                .getPort();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/" + path))
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    @Test
    void endpoint_byDefault_readsAndRefusesWrites() throws Exception {
        try (ConfigurableApplicationContext context = start()) {
            assertThat(send(context, "GET", "argon", "").body()).contains("\"name\":\"main\"");
            assertThat(send(context, "GET", "argon/main", "").statusCode()).isEqualTo(200);
            assertThat(send(context, "GET", "argon/none", "").statusCode()).isEqualTo(404);
            assertThat(send(context, "POST", "argon/feature", "{}").statusCode())
                    .isEqualTo(405);
            assertThat(send(context, "DELETE", "argon/main", "").statusCode()).isEqualTo(405);
            assertThat(context.getBean(Argon.class).findBranch("feature")).isEmpty();
            assertThat(send(context, "GET", "metrics/argon.branches", "").body())
                    .contains("\"value\":1.0");
        } finally {
            Argon.discard("mem:endpoint-http-test");
        }
    }

    @Test
    void endpoint_accessRaised_makesAndDeletesBranches() throws Exception {
        try (ConfigurableApplicationContext context = start("management.endpoint.argon.access=unrestricted")) {
            assertThat(send(context, "POST", "argon/feature", "{\"from\":\"main\"}")
                            .body())
                    .contains("\"name\":\"feature\"", "\"parent\":\"main\"");
            HttpResponse<String> taken = send(context, "POST", "argon/feature", "{}");
            assertThat(taken.statusCode()).isEqualTo(400);
            assertThat(send(context, "DELETE", "argon/feature", "").statusCode())
                    .isEqualTo(204);
            assertThat(context.getBean(Argon.class).findBranch("feature")).isEmpty();
        } finally {
            Argon.discard("mem:endpoint-http-test");
        }
    }
}
