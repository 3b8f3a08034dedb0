package dev.argondb.engine.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.UnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RetryingTierTest {

    private final MemoryColdTier memory = new MemoryColdTier(new Random(1));
    private final RetryingTier tier = new RetryingTier(memory, new RetryingTier.Policy(3, Duration.ofMillis(1)));

    private byte[] read() throws IOException {
        ByteBuffer target = ByteBuffer.allocate(2);
        tier.read("one", 1, target);
        return target.array();
    }

    @Test
    void read_failsOnce_isTriedAgain() throws IOException {
        memory.put("one", new byte[] {1, 2, 3});
        memory.failAt(1);
        assertThat(read()).containsExactly(2, 3);
        assertThat(memory.operations()).isEqualTo(2);
    }

    @Test
    void read_keepsFailing_endsAfterTheLastAttempt() {
        memory.put("one", new byte[] {1, 2, 3});
        memory.failFrom(1);
        assertThatThrownBy(this::read)
                .isInstanceOf(UnavailableException.class)
                .hasMessage("cannot read `cold:/one` in the cold tier after 3 attempts: injected fault: read one,"
                        + " operation 3; what is kept here can still be read; mend that and try again");
        assertThat(memory.operations()).isEqualTo(3);
    }

    @Test
    void read_noSuchObject_isNotTriedAgain() {
        assertThatThrownBy(this::read).isInstanceOf(NoSuchFileException.class);
        assertThat(memory.operations()).isEqualTo(1);
    }

    @Test
    void read_interruptedWhileWaiting_endsAndKeepsTheInterrupt() {
        memory.put("one", new byte[] {1, 2, 3});
        memory.failFrom(1);
        Thread.currentThread().interrupt();
        assertThatThrownBy(this::read)
                .isInstanceOf(UnavailableException.class)
                .hasMessage("interrupted while waiting for the cold tier; try again");
        assertThat(Thread.interrupted()).isTrue();
    }
}
