package dev.argondb.spring.web;

import dev.argondb.InvalidRefException;
import dev.argondb.Ref;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/** What a request asks to be served on, of which nothing is trusted. Immutable. */
sealed interface RequestedRef {

    /** The longest text that is looked at, in characters: a name of all escapes, and a time. */
    int MAX_LENGTH = 2_048;

    /** The request asks for nothing. */
    record None() implements RequestedRef {}

    /** The request asks for a ref, which may not exist. */
    record Asked(Ref ref) implements RequestedRef {}

    /** The request asks for what is no ref. */
    record Malformed(String why) implements RequestedRef {}

    /** Returns what a request asks for. */
    static RequestedRef of(HttpServletRequest request, RefSources sources) {
        try {
            return of(sources.read(request));
        } catch (IllegalArgumentException e) {
            return new Malformed("the ref of the request holds a `%` that two hexadecimal digits do not follow");
        }
    }

    private static RequestedRef of(List<String> texts) {
        if (texts.isEmpty()) {
            return new None();
        }
        if (texts.size() > 1) {
            return new Malformed("the request names more than one ref; name one");
        }
        return parsed(texts.get(0));
    }

    private static RequestedRef parsed(String text) {
        if (text.length() > MAX_LENGTH) {
            return new Malformed("the ref of the request is longer than " + MAX_LENGTH + " characters");
        }
        try {
            return new Asked(Ref.parse(text));
        } catch (InvalidRefException e) {
            return new Malformed(printable(String.valueOf(e.getMessage())));
        }
    }

    /** What goes into answers, and from there into logs, holds no line breaks and no control characters. */
    private static String printable(String message) {
        return message.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "?");
    }
}
