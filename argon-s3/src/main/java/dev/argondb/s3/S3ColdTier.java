package dev.argondb.s3;

import dev.argondb.InvalidRequestException;
import dev.argondb.engine.tier.ColdTier;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/*
 * Retries are the engine's, which bounds them for every tier alike: the SDK's own are off. Stores that are not Amazon's know
 * buckets by path and neither checksum trailers nor chunks that are signed one by one, so none of these is asked for; the log
 * checks its own checksums.
 */
/** A cold tier in a bucket. Thread-safe. */
final class S3ColdTier implements ColdTier {

    private static final int NOT_FOUND = 404;
    private static final int FORBIDDEN = 403;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final int LONGEST_CALL = 20;
    private static final String TYPE = "application/octet-stream";

    @FunctionalInterface
    private interface Call<T> {
        T run() throws IOException;
    }

    private final S3Location location;
    private final S3Client client;

    private S3ColdTier(S3Location location, S3Client client) {
        this.location = location;
        this.client = client;
    }

    static S3ColdTier open(S3Location location) {
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(location.timeout())
                        .socketTimeout(location.timeout()))
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(location.endpoint().isPresent())
                        .chunkedEncodingEnabled(false)
                        .build())
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry())
                        .apiCallTimeout(location.timeout().multipliedBy(LONGEST_CALL)));
        location.endpoint().ifPresent(builder::endpointOverride);
        location.region().map(Region::of).ifPresent(builder::region);
        try {
            return new S3ColdTier(location, builder.build());
        } catch (SdkException e) {
            throw new InvalidRequestException(
                    "cannot open the cold tier `" + location.describe("") + "`: " + e.getMessage()
                            + "; name a region, as in `s3://bucket?region=eu-central-1`",
                    e);
        }
    }

    @Override
    public void put(String name, Content content) throws IOException {
        call(name, () -> {
            RequestBody body = RequestBody.fromContentProvider(() -> open(content), content.size(), TYPE);
            return client.putObject(request -> request.bucket(location.bucket()).key(location.key(name)), body);
        });
    }

    private static InputStream open(Content content) {
        try {
            return content.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void read(String name, long offset, ByteBuffer target) throws IOException {
        String range = offset + "-" + (offset + target.remaining() - 1);
        byte[] bytes = new byte[target.remaining()];
        call(
                name,
                () -> client.getObject(
                        request -> request.bucket(location.bucket())
                                .key(location.key(name))
                                .range("bytes=" + range),
                        into(bytes, range)));
        target.put(bytes);
    }

    /** Reads a response that has to hold the range that was asked for, no more and no less. */
    private static ResponseTransformer<GetObjectResponse, Integer> into(byte[] bytes, String range) {
        return (response, stream) -> {
            requireRange(response, range, bytes.length);
            int count = stream.readNBytes(bytes, 0, bytes.length);
            if (count < bytes.length) {
                throw new IOException("the answer ends after " + count + " of " + bytes.length + " bytes");
            }
            return count;
        };
    }

    private static void requireRange(GetObjectResponse response, String range, int length) throws IOException {
        @Nullable String found = response.contentRange();
        if (found == null || !found.startsWith("bytes " + range + "/")) {
            if (found != null && isCutAtTheEnd(found, range)) {
                throw new EOFException("asked for the bytes " + range + ", the object ends before: `" + found + "`");
            }
            throw new IOException("asked for the bytes " + range + ", got `" + found + "`");
        }
        if (response.contentLength() != null && response.contentLength() != length) {
            throw new IOException("asked for " + length + " bytes, got " + response.contentLength());
        }
    }

    /** Tells whether a range of an answer is what there is of the one asked for: it begins there, and ends with the object. */
    private static boolean isCutAtTheEnd(String found, String range) {
        String first = range.substring(0, range.indexOf('-') + 1);
        int dash = found.indexOf('-');
        int slash = found.indexOf('/');
        if (!found.startsWith("bytes " + first) || slash < dash) {
            return false;
        }
        try {
            return Long.parseLong(found.substring(dash + 1, slash)) + 1 == Long.parseLong(found.substring(slash + 1));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    @Override
    public long size(String name) throws IOException {
        return call(name, () -> client.headObject(
                        request -> request.bucket(location.bucket()).key(location.key(name)))
                .contentLength());
    }

    @Override
    public void delete(String name) throws IOException {
        call(
                name,
                () -> client.deleteObject(
                        request -> request.bucket(location.bucket()).key(location.key(name))));
    }

    @Override
    public List<Stored> list(String directory) throws IOException {
        String below = location.key(directory.isEmpty() ? "" : directory + "/");
        return call(
                directory,
                () ->
                        client
                                .listObjectsV2Paginator(request ->
                                        request.bucket(location.bucket()).prefix(below))
                                .contents()
                                .stream()
                                .map(object -> new Stored(
                                        object.key().substring(location.prefix().length()), object.size()))
                                .sorted((one, other) -> one.name().compareTo(other.name()))
                                .toList());
    }

    private <T> T call(String name, Call<T> call) throws IOException {
        try {
            return call.run();
        } catch (S3Exception e) {
            throw answer(name, e);
        } catch (SdkException e) {
            throw cause(e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private IOException answer(String name, S3Exception e) {
        IOException exception =
                switch (e.statusCode()) {
                    case NOT_FOUND ->
                        isBucketMissing(e)
                                ? new IOException("there is no bucket `" + location.bucket() + "`")
                                : new NoSuchFileException(describe(name));
                    case FORBIDDEN -> new AccessDeniedException(describe(name), null, e.getMessage());
                    case RANGE_NOT_SATISFIABLE ->
                        new EOFException("`" + describe(name) + "` ends before: " + e.getMessage());
                    default -> new IOException(e.getMessage());
                };
        exception.initCause(e);
        return exception;
    }

    private static boolean isBucketMissing(S3Exception e) {
        @Nullable AwsErrorDetails details = e.awsErrorDetails();
        return details != null && "NoSuchBucket".equals(details.errorCode());
    }

    /** Returns what was thrown while the answer was read, or what the SDK says. */
    private static IOException cause(SdkException e) {
        for (@Nullable Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException exception) {
                return exception;
            }
        }
        return new IOException(e.getMessage(), e);
    }

    @Override
    public String describe(String name) {
        return location.describe(name);
    }

    @Override
    public void close() {
        client.close();
    }
}
