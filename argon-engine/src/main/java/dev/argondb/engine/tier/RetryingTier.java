package dev.argondb.engine.tier;

import dev.argondb.UnavailableException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;

/**
 * A cold tier that tries again what failed, a bounded number of times. What still fails is an {@link UnavailableException}.
 *
 * <p>Thread-safe.
 */
public final class RetryingTier implements ColdTier {

    /**
     * How often an operation is tried.
     *
     * @param attempts 1 or more
     * @param firstPause between the first attempt and the second; each one after is four times as long
     */
    public record Policy(int attempts, Duration firstPause) {

        /** Four attempts within about two seconds, and what they take themselves. */
        public static final Policy DEFAULT = new Policy(4, Duration.ofMillis(100));
    }

    @FunctionalInterface
    private interface Operation<T> {
        T run() throws IOException;
    }

    private static final int LONGER = 4;

    private final ColdTier tier;
    private final Policy policy;

    public RetryingTier(ColdTier tier, Policy policy) {
        this.tier = tier;
        this.policy = policy;
    }

    /** Returns a tier that tries again, as the default policy says, unless it already does. */
    public static RetryingTier of(ColdTier tier) {
        return tier instanceof RetryingTier retrying ? retrying : new RetryingTier(tier, Policy.DEFAULT);
    }

    @Override
    public void put(String name, Content content) throws IOException {
        patiently("write", name, () -> {
            tier.put(name, content);
            return true;
        });
    }

    @Override
    public void read(String name, long offset, ByteBuffer target) throws IOException {
        int start = target.position();
        patiently("read", name, () -> {
            tier.read(name, offset, target.position(start));
            return true;
        });
    }

    @Override
    public long size(String name) throws IOException {
        return patiently("read", name, () -> tier.size(name));
    }

    @Override
    public void delete(String name) throws IOException {
        patiently("delete", name, () -> {
            tier.delete(name);
            return true;
        });
    }

    @Override
    public List<Stored> list(String directory) throws IOException {
        return patiently("list", directory, () -> tier.list(directory));
    }

    private <T> T patiently(String what, String name, Operation<T> operation) throws IOException {
        Duration pause = policy.firstPause();
        for (int attempt = 1; ; attempt++) {
            try {
                return operation.run();
            } catch (NoSuchFileException | AccessDeniedException | EOFException e) {
                throw e;
            } catch (IOException e) {
                if (attempt >= policy.attempts()) {
                    throw unavailable(what, name, attempt, e);
                }
                sleep(pause, e);
                pause = pause.multipliedBy(LONGER);
            }
        }
    }

    private UnavailableException unavailable(String what, String name, int attempts, IOException e) {
        return new UnavailableException(
                "cannot " + what + " `" + describe(name) + "` in the cold tier after " + attempts + " attempts: "
                        + e.getMessage() + "; what is kept here can still be read; mend that and try again",
                e);
    }

    private static void sleep(Duration pause, IOException cause) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            UnavailableException interrupted =
                    new UnavailableException("interrupted while waiting for the cold tier; try again", cause);
            interrupted.addSuppressed(e);
            throw interrupted;
        }
    }

    @Override
    public String describe(String name) {
        return tier.describe(name);
    }

    @Override
    public void close() {
        tier.close();
    }
}
