package com.example.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.jdbc.JdbcTestUtils;
import org.springframework.test.web.servlet.client.RestTestClient;

/** The whole application over HTTP. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
class LibraryHttpTest {

    @Autowired
    private RestTestClient client;

    @Autowired
    private JdbcTemplate jdbc;

    @BeforeEach
    @AfterEach
    void clean() {
        JdbcTestUtils.deleteFromTables(jdbc, "reservation", "loan", "declined_loan");
        JdbcTestUtils.deleteFromTableWhere(jdbc, "member", "card_number like ?", "T-%");
    }

    private RestTestClient.ResponseSpec borrow(String card, String barcode) {
        return client.post()
                .uri("/api/loans")
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("cardNumber", card, "barcode", barcode))
                .exchange();
    }

    @Test
    void lendsAndTakesBack() {
        String id = (String) borrow("M-100", "GO-1")
                .expectStatus()
                .isCreated()
                .expectBody(Map.class)
                .returnResult()
                .getResponseBody()
                .get("id");

        client.post()
                .uri("/api/loans/{id}/return", id)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.fine")
                .isEqualTo(0);
        assertThat(JdbcTestUtils.countRowsInTableWhere(jdbc, "loan", "returned_on is not null"))
                .isEqualTo(1);
    }

    @Test
    void declinesWhatIsOnLoan() {
        borrow("M-100", "GO-1").expectStatus().isCreated();

        borrow("M-101", "GO-1")
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("GO-1 is on loan");
        assertThat(JdbcTestUtils.countRowsInTable(jdbc, "declined_loan")).isEqualTo(1);
    }

    @Test
    void lendsACopyOnceHoweverManyAsk() {
        var statuses = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> borrow(i % 2 == 0 ? "M-100" : "M-101", "FR-1")
                        .returnResult(Void.class)
                        .getStatus()
                        .value()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(statuses).containsOnly(201, 409).containsOnlyOnce(201);
        assertThat(JdbcTestUtils.countRowsInTable(jdbc, "loan")).isEqualTo(1);
    }

    @Test
    void registersAMember() {
        client.post()
                .uri("/api/members")
                .body(Map.of("cardNumber", "T-1", "name", "Tess", "email", "tess@example.org"))
                .exchange()
                .expectStatus()
                .isCreated();

        client.get()
                .uri("/api/members/T-1")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("ACTIVE");
    }

    @Test
    void aMemberWhoCannotBeWelcomedIsUnprocessable() {
        client.post()
                .uri("/api/members")
                .body(Map.of("cardNumber", "T-2", "name", "Tess", "email", "tess@example.invalid"))
                .exchange()
                .expectStatus()
                .isEqualTo(422);

        client.get().uri("/api/members/T-2").exchange().expectStatus().isNotFound();
    }

    @Test
    void reportsWhatIsBorrowedMost() {
        borrow("M-100", "GO-1").expectStatus().isCreated();

        client.get()
                .uri("/api/loans/most-borrowed")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$[0].title")
                .isEqualTo("Good Omens");
    }
}
