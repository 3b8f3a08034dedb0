package dev.argondb.orm.jdbc;

import dev.argondb.InvalidRequestException;
import dev.argondb.Lsn;
import dev.argondb.engine.Retention;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values of settings as text.
 *
 * <pre>
 * bytes     = number [ "k" | "m" | "g" ] [ "b" ]               powers of 1024, in any case
 * retention = "all" | number ( "d" | "h" | "m" | "s" ) | an ISO 8601 duration, as PT36H | "lsn:" number
 * </pre>
 *
 * Stateless.
 */
final class SettingText {

    private static final Pattern BYTES = Pattern.compile("(\\d{1,18})([kmg]?)b?", Pattern.CASE_INSENSITIVE);
    private static final Pattern COUNT = Pattern.compile("[1-9]\\d{0,9}");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})([dhms])", Pattern.CASE_INSENSITIVE);
    private static final String ALL = "all";
    private static final String LSN = "lsn:";
    private static final String UNITS = "kmg";

    private SettingText() {}

    /** Returns the error of a value that a setting does not take. */
    static InvalidRequestException refused(String key, String text, String expected) {
        return new InvalidRequestException("`" + key + "=" + text + "` cannot be used: expected " + expected);
    }

    /** Reads a number of bytes. */
    static long bytes(String key, String text) {
        Matcher matcher = BYTES.matcher(text);
        if (matcher.matches()) {
            long number = Long.parseLong(matcher.group(1));
            int shift = matcher.group(2).isEmpty()
                    ? 0
                    : 10 * (1 + UNITS.indexOf(matcher.group(2).toLowerCase(Locale.ROOT)));
            if (number > 0 && number <= Long.MAX_VALUE >> shift) {
                return number << shift;
            }
        }
        throw refused(key, text, "a number of bytes above 0 such as `67108864`, `65536k`, `64m` or `1g`");
    }

    /** Writes a number of bytes in the largest unit that divides it. */
    static String ofBytes(long bytes) {
        int power = Math.min(Long.numberOfTrailingZeros(bytes) / 10, UNITS.length());
        return (bytes >> (10 * power)) + (power == 0 ? "" : UNITS.substring(power - 1, power));
    }

    /** Reads a number of things. */
    static int count(String key, String text) {
        if (COUNT.matcher(text).matches() && Long.parseLong(text) <= Integer.MAX_VALUE) {
            return Integer.parseInt(text);
        }
        throw refused(key, text, "a number from 1 to " + Integer.MAX_VALUE);
    }

    /** Reads an absolute URI. */
    static URI uri(String key, String text) {
        try {
            URI uri = new URI(text);
            if (uri.isAbsolute()) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw new InvalidRequestException("`" + key + "=" + text + "` is no URI: " + e.getMessage(), e);
        }
        throw refused(key, text, "a URI such as `file:/archive/shop`");
    }

    /** Reads how much history is kept. */
    static Retention retention(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.equals(ALL)) {
            return Retention.ALL;
        }
        return lower.startsWith(LSN) ? from(text, lower.substring(LSN.length())) : window(text);
    }

    private static Retention from(String text, String number) {
        try {
            return new Retention.From(new Lsn(Long.parseLong(number)));
        } catch (NumberFormatException | dev.argondb.InvalidRefException e) {
            throw refusedRetention(text);
        }
    }

    private static Retention window(String text) {
        Duration length = duration(text);
        if (length.isZero() || length.isNegative()) {
            throw refusedRetention(text);
        }
        return new Retention.Window(length);
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        try {
            return matcher.matches()
                    ? duration(Long.parseLong(matcher.group(1)), matcher.group(2))
                    : Duration.parse(text);
        } catch (DateTimeException | ArithmeticException e) {
            throw refusedRetention(text);
        }
    }

    private static Duration duration(long number, String unit) {
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "d" -> Duration.ofDays(number);
            case "h" -> Duration.ofHours(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofSeconds(number);
        };
    }

    private static InvalidRequestException refusedRetention(String text) {
        return refused("retention", text, "`all`, a duration above 0 such as `30d`, `12h` or `PT90M`, or `lsn:1234`");
    }

    /** Writes how much history is kept. */
    static String ofRetention(Retention retention) {
        if (retention instanceof Retention.Window window) {
            return ofDuration(window.length());
        }
        return retention instanceof Retention.From from ? LSN + from.lsn() : ALL;
    }

    private static String ofDuration(Duration length) {
        if (length.equals(Duration.ofDays(length.toDays()))) {
            return length.toDays() + "d";
        }
        return length.equals(Duration.ofHours(length.toHours())) ? length.toHours() + "h" : length.toString();
    }
}
