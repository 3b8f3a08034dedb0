package dev.argondb.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.Lsn;
import dev.argondb.Ref;
import dev.argondb.spring.shop.Product;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** The filter in a server: what a request is served on, and how it is refused. */
class RefFilterTest extends WebTest {

    private static void assertProblem(HttpResponse<String> response, int status, String title, String detail) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.body())
                .isEqualTo("{\"title\":\"" + title + "\",\"status\":" + status + ",\"detail\":\"" + detail + "\"}");
    }

    @Test
    void request_withoutRef_isServedOutsideOfScopes() throws Exception {
        HttpResponse<String> response = send(request("/price"));
        assertThat(response.body()).isEqualTo("none 40 40");
        assertThat(response.headers().allValues("Vary")).contains("Argon-Ref");
        assertThat(response.headers().firstValue("Argon-Ref")).isEmpty();
    }

    @Test
    void header_namesTheRef() throws Exception {
        Lsn head = argon.resolve(Ref.parse("sale")).orElseThrow();
        HttpResponse<String> response = send(editor("/price").header("Argon-Ref", "sale"));
        assertThat(response.body()).isEqualTo("sale 30 30");
        assertThat(response.headers().firstValue("Argon-Ref")).contains("sale");
        assertThat(response.headers().firstValue("Argon-Lsn")).contains(head.toString());
        assertThat(response.headers().allValues("Vary")).contains("Argon-Ref");
    }

    @Test
    void header_namesAMoment() throws Exception {
        Lsn before = argon.resolve(Ref.MAIN).orElseThrow();
        jdbc.update("update product set price = 50");
        assertThat(body(editor("/price").header("Argon-Ref", "main@" + before))).isEqualTo("main@" + before + " 40 40");
        assertThat(body(request("/price"))).isEqualTo("none 50 50");
    }

    @Test
    void parameter_countsWithoutHeader() throws Exception {
        assertThat(body(editor("/price?x=1&ref=sale"))).isEqualTo("sale 30 30");
        assertThat(body(editor("/price?ref=sale").header("Argon-Ref", "main"))).isEqualTo("main 40 40");
    }

    @Test
    void sessionAttribute_countsWithoutParameter() throws Exception {
        assertThat(body(editor("/choose?ref=main"))).isEqualTo("chosen");
        assertThat(body(editor("/price"))).isEqualTo("main 40 40");
        assertThat(body(editor("/price?ref=sale"))).isEqualTo("sale 30 30");
    }

    @Test
    void session_isNotCreated() throws Exception {
        assertThat(send(editor("/price?ref=sale")).headers().firstValue("Set-Cookie"))
                .isEmpty();
    }

    @Test
    void nameOutsideOfAscii_goesPercentEncoded() throws Exception {
        branch("grün + gelb", 7);
        HttpResponse<String> response = send(editor("/price").header("Argon-Ref", "gr%C3%BCn + gelb"));
        assertThat(response.body()).isEqualTo("grün + gelb 7 7");
        assertThat(response.headers().firstValue("Argon-Ref")).contains("gr%C3%BCn + gelb");
        assertThat(body(editor("/price?ref=gr%C3%BCn+%2B%20gelb"))).isEqualTo("grün + gelb 7 7");
        argon.deleteBranch("grün + gelb");
    }

    @Test
    void callerWithoutTheRight_isForbidden() throws Exception {
        assertProblem(
                send(as("bob", "/price").header("Argon-Ref", "sale")),
                403,
                "Forbidden",
                "this caller may not see `sale`");
        assertProblem(
                send(request("/price").header("Argon-Ref", "sale")),
                403,
                "Forbidden",
                "this caller may not see `sale`");
        assertThat(body(as("bob", "/price").header("Argon-Ref", "main"))).isEqualTo("main 40 40");
    }

    @Test
    void callerWithoutTheRight_doesNotLearnWhetherTheRefExists() throws Exception {
        assertProblem(
                send(as("bob", "/price").header("Argon-Ref", "absent")),
                403,
                "Forbidden",
                "this caller may not see `absent`");
    }

    @Test
    void callerWhoIsNotKnown_isRefusedBySecurityFirst() throws Exception {
        HttpResponse<String> response = send(request("/members").header("Argon-Ref", "absent"));
        assertThat(response.statusCode()).isEqualTo(401);
    }

    @Test
    void unknownRef_isNotFound() throws Exception {
        HttpResponse<String> response = send(editor("/price").header("Argon-Ref", "absent"));
        assertProblem(response, 404, "Not Found", "there is no branch `absent`");
        assertThat(response.headers().firstValue("Argon-Ref")).isEmpty();
        assertProblem(
                send(editor("/price").header("Argon-Ref", "tag:absent")), 404, "Not Found", "there is no tag `absent`");
        assertProblem(
                send(editor("/price").header("Argon-Ref", "sales@1")), 404, "Not Found", "there is no branch `sales`");
    }

    @Test
    void discardedMoment_isNotFound() throws Exception {
        Lsn base = argon.branch("sale").baseLsn().orElseThrow();
        Lsn discarded = argon.resolve(Ref.parse("sale")).orElseThrow();
        argon.resetBranch("sale", base);
        HttpResponse<String> response = send(editor("/price").header("Argon-Ref", "sale@" + discarded));
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("sale").contains("reset");
    }

    @Test
    void malformedRef_isBadRequest() throws Exception {
        assertProblem(
                send(editor("/price").header("Argon-Ref", "sale@x\"<y>")),
                400,
                "Bad Request",
                "ref `sale@x\\\"<y>` has `x\\\"<y>` after `@`: expected an LSN such as `main@1234` or a time such as"
                        + " `main@2026-11-23T10:00:00Z`");
        assertProblem(
                send(editor("/price").header("Argon-Ref", "sale%4")),
                400,
                "Bad Request",
                "the ref of the request holds a `%` that two hexadecimal digits do not follow");
    }

    @Test
    void controlCharacters_areNotEchoed() throws Exception {
        String body = body(editor("/price").header("Argon-Ref", "sale%0D%0ASet-Cookie: a%E2%80%AE"));
        assertThat(body).contains("`sale??Set-Cookie: a?`").doesNotContain("\\r", "\\n", "\u202e");
    }

    @Test
    void longRef_isBadRequest() throws Exception {
        assertProblem(
                send(editor("/price").header("Argon-Ref", "x".repeat(3_000))),
                400,
                "Bad Request",
                "the ref of the request is longer than 2048 characters");
    }

    @Test
    void twoRefs_areBadRequest() throws Exception {
        assertProblem(
                send(editor("/price").header("Argon-Ref", "sale").header("Argon-Ref", "main")),
                400,
                "Bad Request",
                "the request names more than one ref; name one");
        assertThat(send(editor("/price?ref=sale&ref=main")).statusCode()).isEqualTo(400);
    }

    @Test
    void write_goesToTheRef() throws Exception {
        assertThat(body(editor("/price?to=5").header("Argon-Ref", "sale").POST(HttpRequest.BodyPublishers.noBody())))
                .isEqualTo("done");
        assertThat(body(editor("/price").header("Argon-Ref", "sale"))).isEqualTo("sale 5 5");
        assertThat(body(request("/price"))).isEqualTo("none 40 40");
    }

    @Test
    void form_isLeftToTheApplication() throws Exception {
        assertThat(body(editor("/price")
                        .header("Argon-Ref", "sale")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("to=6&ref=main"))))
                .isEqualTo("done");
        assertThat(body(editor("/price").header("Argon-Ref", "sale"))).isEqualTo("sale 6 6");
    }

    @Test
    void write_onAMoment_isAConflict() throws Exception {
        Lsn head = argon.resolve(Ref.parse("sale")).orElseThrow();
        HttpResponse<String> response = send(
                editor("/price?to=5").header("Argon-Ref", "sale@" + head).POST(HttpRequest.BodyPublishers.noBody()));
        assertProblem(
                response,
                409,
                "Conflict",
                "`sale@" + head + "` is a past moment and read-only; create a branch there (`CALL"
                        + " argon_create_branch('name', 'sale@" + head + "')`) and write on it");
    }

    /** Also under open-in-view, Boot's default, which binds a session to the request. */
    @Test
    void serviceOnAnotherBranch_worksWithinTheRequest() throws Exception {
        assertThat(body(editor("/sale").header("Argon-Ref", "main"))).isEqualTo("main 40 40, 30, main 40 40");
        assertThat(body(request("/sale"))).isEqualTo("none 40 40, 30, none 40 40");
    }

    @Test
    void callable_runsOnTheRef() throws Exception {
        assertThat(body(editor("/callable").header("Argon-Ref", "sale"))).isEqualTo("sale 30 30");
        assertThat(body(request("/callable"))).isEqualTo("none 40 40");
    }

    @Test
    void streamingBody_runsOnTheRef() throws Exception {
        assertThat(body(editor("/stream").header("Argon-Ref", "sale"))).isEqualTo("sale 30 30");
    }

    @Test
    void deferredResult_isDispatchedOnTheRef() throws Exception {
        assertThat(body(editor("/deferred").header("Argon-Ref", "sale"))).isEqualTo("error on sale 30 30");
    }

    @Test
    void forward_staysOnTheRef() throws Exception {
        assertThat(body(editor("/forward").header("Argon-Ref", "sale"))).isEqualTo("sale 30 30");
    }

    @Test
    void errorPage_isServedOnTheRef() throws Exception {
        assertThat(body(editor("/fail").header("Argon-Ref", "sale"))).isEqualTo("error on sale 30 30");
        assertThat(body(request("/fail"))).isEqualTo("error on none 40 40");
    }

    /** Its header was never authorized. */
    @Test
    void errorPage_ofRequestThatSecurityRefused_isServedOutsideOfScopes() throws Exception {
        assertThat(body(request("/members").header("Argon-Ref", "sale"))).isEqualTo("error on none 40 40");
    }

    @Test
    void scope_thatAPageForgets_isLeft() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(body(editor("/forget").header("Argon-Ref", "main"))).isEqualTo("sale 30 30");
            assertThat(body(request("/price"))).isEqualTo("none 40 40");
            assertThat(body(request("/forget"))).isEqualTo("sale 30 30");
            assertThat(body(request("/price"))).isEqualTo("none 40 40");
            products.deleteAll();
            products.save(new Product("lamp", 40));
        }
    }
}
