package dev.argondb.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.ArgonException;
import dev.argondb.CorruptDataException;
import dev.argondb.UnsupportedException;
import dev.argondb.engine.ArgonDatabase;
import dev.argondb.engine.volume.MemoryVolume;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Damages a small closed database, one byte at a time, and reads everything at every LSN: each answer is right or an error that
 * says where.
 *
 * <p>{@code -Dargon.flips.stride=N} damages every Nth byte of each file, every {@value #STRIDE}th if not said.
 */
class FlippedByteTest {

    private static final int STRIDE = 23;
    private static final int SEEDS = 2;

    private final Map<String, int[]> outcomes = new TreeMap<>();

    @Test
    void flippedByte_anywhere_isAnErrorOrTheRightAnswer() throws IOException {
        int stride = Integer.getInteger("argon.flips.stride", STRIDE);
        long start = System.nanoTime();
        for (long seed = 1; seed <= SEEDS; seed++) {
            SmallDatabase small = SmallDatabase.make(seed, 40);
            assertThat(outcome(small, small.files(), "undamaged")).isEqualTo(Outcome.RIGHT);
            for (String name : small.files().names()) {
                flipBytes(small, name, stride);
            }
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        StringBuilder line = new StringBuilder("flips: every " + stride + "th byte, in " + seconds + " s");
        int[] all = new int[Outcome.values().length];
        outcomes.forEach((kind, counts) -> {
            line.append("; ").append(kind);
            for (Outcome outcome : Outcome.values()) {
                line.append(' ').append(counts[outcome.ordinal()]).append(' ').append(outcome);
                all[outcome.ordinal()] += counts[outcome.ordinal()];
            }
        });
        System.out.println(line);
        assertThat(outcomes.keySet())
                .as("kinds of files")
                .contains(
                        "argon.properties",
                        "checkpoint",
                        "log/segments",
                        "log/log-.seg",
                        "log/log-.pack",
                        "pages/files",
                        "pages/pages-");
        assertThat(all[Outcome.REFUSED.ordinal()]).isPositive();
        assertThat(all[Outcome.PARTLY_READ.ordinal()]).isPositive();
    }

    /** What came of a damage. */
    private enum Outcome {
        /** Everything was answered, and rightly. */
        RIGHT,
        /** Some reads ended with an error, the others were answered rightly. */
        PARTLY_READ,
        /** Opening ended with an error. */
        REFUSED
    }

    private void flipBytes(SmallDatabase small, String name, int stride) throws IOException {
        byte[] bytes = small.files().bytes(name);
        Random random = new Random(name.hashCode());
        int[] counts = outcomes.computeIfAbsent(kind(name), any -> new int[Outcome.values().length]);
        for (int offset = random.nextInt(Math.min(stride, bytes.length)); offset < bytes.length; offset += stride) {
            int mask = 1 + random.nextInt(255);
            counts[damaged(small, name, offset, (byte) (bytes[offset] ^ mask)).ordinal()]++;
            if (bytes[offset] != 0) {
                counts[damaged(small, name, offset, (byte) 0).ordinal()]++;
            }
        }
    }

    private static String kind(String name) {
        return name.replaceAll("[0-9a-f]*[0-9]", "");
    }

    private static Outcome damaged(SmallDatabase small, String name, int offset, byte value) throws IOException {
        MemoryVolume damaged = small.files().copy();
        byte[] bytes = damaged.bytes(name);
        bytes[offset] = value;
        damaged.put(name, bytes);
        return outcome(small, damaged, "seed " + small.seed() + ": " + name + " with " + value + " at " + offset);
    }

    private static Outcome outcome(SmallDatabase small, MemoryVolume files, String where) {
        try (ArgonDatabase database = small.open(files)) {
            Comparison comparison = new Comparison(database, small.model(), FlippedByteTest::saysWhere);
            comparison.everything();
            return comparison.failures() > 0 ? Outcome.PARTLY_READ : Outcome.RIGHT;
        } catch (ArgonException e) {
            if (!saysWhere(e)) {
                throw new AssertionError(where + ": " + e, e);
            }
            assertThat(files.openFiles()).as(where).isZero();
            return Outcome.REFUSED;
        } catch (RuntimeException | Error e) {
            throw new AssertionError(where + ": " + e, e);
        }
    }

    private static boolean saysWhere(ArgonException e) {
        return (e instanceof CorruptDataException || e instanceof UnsupportedException)
                && String.valueOf(e.getMessage()).contains("`memory/");
    }
}
