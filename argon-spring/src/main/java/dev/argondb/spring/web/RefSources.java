package dev.argondb.spring.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a request says its ref; the first that says one counts, in this order.
 *
 * <p>Immutable.
 *
 * @param header the name of a header; null for none. Characters that a header cannot hold are percent-encoded there, in UTF-8
 * @param parameter the name of a parameter of the query; null for none. Forms are not read: that would take the body from the
 *     application
 * @param sessionAttribute the name of an attribute of the HTTP session, a text or a {@link dev.argondb.Ref}; null for none
 */
public record RefSources(
        @Nullable String header,
        @Nullable String parameter,
        @Nullable String sessionAttribute) {

    /** Returns whether no request can name a ref. */
    public boolean isEmpty() {
        return header == null && parameter == null && sessionAttribute == null;
    }

    /**
     * Returns the texts of the first source that says any; more than one if it says more.
     *
     * @throws IllegalArgumentException if an escape is malformed
     */
    List<String> read(HttpServletRequest request) {
        List<String> values = header == null ? List.of() : ofHeader(request, header);
        if (values.isEmpty() && parameter != null) {
            values = ofQuery(request.getQueryString(), parameter);
        }
        if (values.isEmpty() && sessionAttribute != null) {
            values = ofSession(request.getSession(false), sessionAttribute);
        }
        return values.stream().distinct().toList();
    }

    private static List<String> ofHeader(HttpServletRequest request, String name) {
        return Collections.list(request.getHeaders(name)).stream()
                .map(value -> decoded(value.strip().replace("+", "%2B")))
                .toList();
    }

    private static List<String> ofQuery(@Nullable String query, String name) {
        List<String> values = new ArrayList<>();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals >= 0 && decoded(pair.substring(0, equals)).equals(name)) {
                values.add(decoded(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    private static List<String> ofSession(@Nullable HttpSession session, String name) {
        Object value = session == null ? null : session.getAttribute(name);
        return value == null ? List.of() : List.of(value.toString());
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** Returns a ref as a header can hold it. */
    static String encoded(String ref) {
        StringBuilder out = new StringBuilder();
        for (byte b : ref.getBytes(StandardCharsets.UTF_8)) {
            if (b >= ' ' && b != '%') {
                out.append((char) b);
            } else {
                out.append('%').append(String.format("%02X", b & 0xFF));
            }
        }
        return out.toString();
    }
}
