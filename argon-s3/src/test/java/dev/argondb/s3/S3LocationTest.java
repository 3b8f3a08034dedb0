package dev.argondb.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.InvalidRequestException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class S3LocationTest {

    @Test
    void of_allOptions_areRead() {
        URI uri = URI.create("s3://bucket/a/b/?endpoint=https%3A%2F%2Fstore.example%3A9000&region=eu-x&timeout=5s");
        assertThat(S3Location.of(uri))
                .isEqualTo(new S3Location(
                        "bucket",
                        "a/b/",
                        Optional.of(URI.create("https://store.example:9000")),
                        Optional.of("eu-x"),
                        Duration.ofSeconds(5)));
    }

    @Test
    void of_bucketOnly_hasDefaults() {
        S3Location location = S3Location.of(URI.create("s3://my.bucket_1"));
        assertThat(location)
                .isEqualTo(
                        new S3Location("my.bucket_1", "", Optional.empty(), Optional.empty(), Duration.ofSeconds(30)));
        assertThat(location.describe("x/y")).isEqualTo("s3://my.bucket_1/x/y");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "s3:///prefix | cold tier `s3:///prefix` names no bucket; write `s3://bucket/prefix`",
                "s3://b?x=1 | cold tier `s3://b?x=1` has the unknown option `x`; known are `endpoint`, `region`, `timeout`",
                "s3://b?timeout=1h | cold tier `s3://b?timeout=1h` has the timeout `1h`; write `30s` or `500ms`",
                "s3://b?endpoint=x | cold tier `s3://b?endpoint=x` has the endpoint `x`; write `http://..` or `https://..`",
                "s3://key:secret@b/x | the URI of the cold tier in bucket `b` carries credentials; give them by the"
                        + " environment, a profile or a role instead"
            })
    void of_wrongUri_isRefused(String uri, String message) {
        assertThatThrownBy(() -> S3Location.of(URI.create(uri)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(message);
    }
}
