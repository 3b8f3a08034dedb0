package dev.argondb.spring.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.json.JsonWriter;

/** An answer that says what is wrong with a request, as RFC 9457 has it. Immutable. */
record Problem(int status, String title, String detail) {

    private static final JsonWriter<Problem> JSON = JsonWriter.of(members -> {
        members.add("title", Problem::title);
        members.add("status", Problem::status);
        members.add("detail", Problem::detail);
    });

    static Problem malformed(String detail) {
        return new Problem(HttpServletResponse.SC_BAD_REQUEST, "Bad Request", detail);
    }

    static Problem forbidden(String detail) {
        return new Problem(HttpServletResponse.SC_FORBIDDEN, "Forbidden", detail);
    }

    static Problem unknown(String detail) {
        return new Problem(HttpServletResponse.SC_NOT_FOUND, "Not Found", detail);
    }

    static Problem readOnly(String detail) {
        return new Problem(HttpServletResponse.SC_CONFLICT, "Conflict", detail);
    }

    void writeTo(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        response.setContentType("application/problem+json");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(JSON.writeToString(this).getBytes(StandardCharsets.UTF_8));
    }
}
