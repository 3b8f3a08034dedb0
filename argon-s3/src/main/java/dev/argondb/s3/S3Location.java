package dev.argondb.s3;

import dev.argondb.InvalidRequestException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the URI of a bucket says: {@code s3://bucket/prefix?endpoint=..&region=..&timeout=30s}.
 *
 * <p>Immutable.
 *
 * @param prefix of the names of all objects, ends with `/` unless it is empty
 * @param endpoint where the store is, if it is not Amazon's
 * @param region if it is not the environment that names it
 * @param timeout how long the store may stay silent
 */
record S3Location(String bucket, String prefix, Optional<URI> endpoint, Optional<String> region, Duration timeout) {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
    private static final Pattern TIMEOUT = Pattern.compile("(\\d{1,6})(ms|s)");
    private static final List<String> OPTIONS = List.of("endpoint", "region", "timeout");

    static S3Location of(URI uri) {
        String bucket = uri.getAuthority();
        if (bucket == null || bucket.isEmpty()) {
            throw new InvalidRequestException("cold tier `" + uri + "` names no bucket; write `s3://bucket/prefix`");
        }
        if (uri.getRawUserInfo() != null) {
            throw new InvalidRequestException("the URI of the cold tier in bucket `" + uri.getHost()
                    + "` carries credentials; give them by the environment, a profile or a role instead");
        }
        Map<String, String> options = options(uri);
        Optional<URI> endpoint = Optional.ofNullable(options.get("endpoint")).map(value -> endpoint(uri, value));
        Optional<String> region = Optional.ofNullable(options.get("region"));
        Duration timeout = Optional.ofNullable(options.get("timeout"))
                .map(value -> timeout(uri, value))
                .orElse(DEFAULT_TIMEOUT);
        return new S3Location(bucket, prefix(uri), endpoint, region, timeout);
    }

    private static String prefix(URI uri) {
        String path = Optional.ofNullable(uri.getPath()).orElse("").replaceAll("^/+|/+$", "");
        return path.isEmpty() ? "" : path + "/";
    }

    private static Map<String, String> options(URI uri) {
        Map<String, String> options = new TreeMap<>();
        String query = Optional.ofNullable(uri.getRawQuery()).orElse("");
        for (String pair : query.isEmpty() ? new String[0] : query.split("&")) {
            String[] parts = pair.split("=", 2);
            if (parts.length < 2 || !OPTIONS.contains(parts[0])) {
                throw new InvalidRequestException("cold tier `" + uri + "` has the unknown option `" + parts[0]
                        + "`; known are `" + String.join("`, `", OPTIONS) + "`");
            }
            options.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return options;
    }

    private static URI endpoint(URI uri, String value) {
        if (!value.startsWith("http://") && !value.startsWith("https://")) {
            throw new InvalidRequestException(
                    "cold tier `" + uri + "` has the endpoint `" + value + "`; write `http://..` or `https://..`");
        }
        return URI.create(value);
    }

    private static Duration timeout(URI uri, String value) {
        Matcher matcher = TIMEOUT.matcher(value);
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            throw new InvalidRequestException(
                    "cold tier `" + uri + "` has the timeout `" + value + "`; write `30s` or `500ms`");
        }
        long number = Long.parseLong(matcher.group(1));
        return matcher.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number);
    }

    String key(String name) {
        return prefix + name;
    }

    String describe(String name) {
        return "s3://" + bucket + "/" + prefix + name;
    }
}
