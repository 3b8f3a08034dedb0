package dev.argondb.orm.jdbc;

import dev.argondb.Argon;
import dev.argondb.InvalidRequestException;
import dev.argondb.Ref;
import dev.argondb.engine.branch.Nearest;
import dev.argondb.engine.work.Isolation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A parsed {@code jdbc:argon:} URL.
 *
 * <p>Grammar: {@code url = "jdbc:argon:" location [ "?" parameter { "&" parameter } ] { ";" parameter }},
 * {@code parameter = key "=" value}. Keys are {@link #KEYS}, in any case; values may hold {@code %XX} escapes. Connection
 * properties of the same keys, with or without {@code argon.} before them, count as well; the URL wins. {@code user} is the
 * author where no {@code author} is given; {@code password} is accepted and not used.
 *
 * <p>Immutable.
 *
 * @param location where the database is
 * @param settings what the connection starts with
 */
record JdbcUrl(Location location, ConnectionSettings settings) {

    /** What every URL of this driver starts with. */
    static final String PREFIX = "jdbc:argon:";

    /** The parameters of a URL. */
    static final List<String> KEYS = Stream.concat(
                    Stream.of("branch", "at", "author", "message", "isolation"), Setting.keys().stream())
            .toList();

    private static final String EXPECTED =
            "expected `jdbc:argon:mem:NAME` or `jdbc:argon:file:PATH`, then `?key=value&key=value`";

    /** Returns whether a URL is for this driver at all. */
    static boolean isOurs(String url) {
        return url.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
    }

    /**
     * Parses a URL.
     *
     * @throws InvalidRequestException if it is malformed or has an unknown parameter
     * @throws dev.argondb.InvalidRefException if its {@code branch} or {@code at} is not a ref
     */
    static JdbcUrl parse(String url, Properties properties) {
        if (!isOurs(url)) {
            throw new InvalidRequestException("`" + url + "` is not an Argon URL: " + EXPECTED);
        }
        String rest = url.substring(PREFIX.length());
        int end = endOfLocation(rest);
        Map<String, String> parameters = parameters(url, rest.substring(end));
        checkProperties(properties);
        KEYS.forEach(key -> takeProperty(parameters, key, property(properties, key)));
        takeProperty(parameters, "author", properties.getProperty("user"));
        return new JdbcUrl(location(url, rest.substring(0, end), parameters), settings(parameters));
    }

    private static int endOfLocation(String rest) {
        for (int i = 0; i < rest.length(); i++) {
            if (rest.charAt(i) == '?' || rest.charAt(i) == ';') {
                return i;
            }
        }
        return rest.length();
    }

    private static Map<String, String> parameters(String url, String text) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : text.split("[?&;]")) {
            if (!parameter.isEmpty()) {
                addParameter(parameters, url, parameter);
            }
        }
        return parameters;
    }

    private static void addParameter(Map<String, String> parameters, String url, String parameter) {
        int equals = parameter.indexOf('=');
        if (equals <= 0) {
            throw new InvalidRequestException("URL `" + url + "` has `" + parameter
                    + "` where `key=value` is expected; allowed keys: " + allowed());
        }
        String key = checkKey(url, parameter.substring(0, equals));
        if (parameters.put(key, PercentText.decoded("URL", url, parameter.substring(equals + 1))) != null) {
            throw new InvalidRequestException("URL `" + url + "` gives `" + key + "` twice; give it once");
        }
    }

    private static String checkKey(String url, String key) {
        String known = key.toLowerCase(Locale.ROOT);
        if (KEYS.contains(known)) {
            return known;
        }
        throw new InvalidRequestException("URL `" + url + "` has the unknown parameter `" + key + "`"
                + Nearest.to(known, KEYS) + "; allowed: " + allowed());
    }

    private static String allowed() {
        return "`" + String.join("`, `", KEYS) + "`";
    }

    private static void checkProperties(Properties properties) {
        List<String> known =
                KEYS.stream().map(key -> Setting.PROPERTY_PREFIX + key).toList();
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith(Setting.PROPERTY_PREFIX) && !known.contains(name)) {
                throw new InvalidRequestException("the connection property `" + name + "` is unknown"
                        + Nearest.to(name, known) + "; allowed: `" + String.join("`, `", known) + "`");
            }
        }
    }

    private static @Nullable String property(Properties properties, String key) {
        String plain = properties.getProperty(key);
        String prefixed = properties.getProperty(Setting.PROPERTY_PREFIX + key);
        if (plain != null && prefixed != null && !plain.equals(prefixed)) {
            throw new InvalidRequestException("the connection properties `" + key + "=" + plain + "` and `"
                    + Setting.PROPERTY_PREFIX + key + "=" + prefixed + "` contradict each other; give one of them");
        }
        return prefixed == null ? plain : prefixed;
    }

    private static void takeProperty(Map<String, String> parameters, String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            parameters.putIfAbsent(key, value);
        }
    }

    private static Location location(String url, String text, Map<String, String> parameters) {
        if (text.isEmpty()) {
            throw new InvalidRequestException("URL `" + url + "` names no database: " + EXPECTED);
        }
        Location location = Location.parse(text);
        for (Setting setting : Setting.values()) {
            String value = parameters.get(setting.key());
            location = value == null ? location : location.with(setting, value);
        }
        return location;
    }

    private static ConnectionSettings settings(Map<String, String> parameters) {
        return ConnectionSettings.DEFAULT
                .withRef(ref(parameters.get("branch"), parameters.get("at")))
                .withAuthor(parameters.getOrDefault("author", ""))
                .withMessage(parameters.getOrDefault("message", ""))
                .withIsolation(isolation(parameters.get("isolation")));
    }

    private static Isolation isolation(@Nullable String value) {
        if (value == null) {
            return Isolation.SNAPSHOT;
        }
        for (Isolation isolation : Isolation.values()) {
            if (isolation.name().equalsIgnoreCase(value)) {
                return isolation;
            }
        }
        throw new InvalidRequestException(
                "`isolation=" + value + "` is unknown: expected `snapshot` or `serializable`");
    }

    /** Returns the ref of a branch and a moment: {@code at} is a ref of its own, or an LSN or time on the branch. */
    static Ref ref(@Nullable String branch, @Nullable String at) {
        Ref onBranch = Ref.parse(branch == null ? Argon.MAIN : branch);
        if (at == null) {
            return onBranch;
        }
        if (isMoment(at)) {
            return Ref.parse(onBranch + "@" + at);
        }
        Ref moment = Ref.parse(at);
        if (branch != null && !branch.equals(branchOf(moment))) {
            throw new InvalidRequestException(
                    "`branch=" + branch + "` and `at=" + at + "` contradict each other; give one of them");
        }
        return moment;
    }

    private static boolean isMoment(String at) {
        return !at.startsWith(Ref.TAG_PREFIX) && at.indexOf('@') < 0 && (at.indexOf(':') >= 0 || isDigits(at));
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static String branchOf(Ref ref) {
        if (ref instanceof Ref.Head head) {
            return head.branch();
        }
        if (ref instanceof Ref.AtLsn at) {
            return at.branch();
        }
        return ref instanceof Ref.AtTime at ? at.branch() : "";
    }
}
