package dev.argondb.engine.branch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.engine.state.DatabaseState;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RememberedStatesTest {

    private final AtomicLong told = new AtomicLong();
    private final RememberedStates states = new RememberedStates(4, 100, told::set);
    /** Held as long as the test runs: none goes because of the collector. */
    private final List<DatabaseState> all =
            LongStream.rangeClosed(0, 20).mapToObj(DatabaseState.EMPTY::at).toList();

    private DatabaseState state(long lsn) {
        return all.get((int) lsn);
    }

    private void assertRemembered(long... lsns) {
        assertThat(LongStream.rangeClosed(1, 20).filter(lsn -> states.get(lsn) != null))
                .containsExactlyInAnyOrder(LongStream.of(lsns).boxed().toArray(Long[]::new));
    }

    @Test
    void states_moreThanTheNumber_goFromTheOneUsedLongestAgo() {
        for (long lsn = 1; lsn <= 4; lsn++) {
            states.remember(state(lsn), 1);
        }
        assertThat(states.get(1)).isSameAs(state(1));
        states.remember(state(5), 1);

        assertRemembered(1, 3, 4, 5);
    }

    @Test
    void states_heavierThanTheWeight_goFromTheOneUsedLongestAgo() {
        states.remember(state(1), 40);
        states.remember(state(2), 40);
        states.remember(state(3), 40);

        assertRemembered(2, 3);
        assertThat(states.weightBytes()).isEqualTo(80);
        assertThat(told).hasValue(80);
    }

    @Test
    void state_heavierThanAll_staysUntilAnotherComes() {
        states.remember(state(1), 40);
        states.remember(state(2), 1000);
        assertRemembered(2);
        assertThat(told).hasValue(100);

        states.remember(state(3), 10);
        assertRemembered(3);
        assertThat(told).hasValue(10);
    }

    @Test
    void statesWithoutWeight_besideTooMuchWeight_stay() {
        states.remember(state(1), 0);
        states.rememberPassing(state(2), 0);
        states.remember(state(3), 1000);

        assertRemembered(1, 2, 3);
    }

    @Test
    void state_rememberedAgain_isWeighedOnce() {
        states.remember(state(1), 40);
        states.remember(state(1), 30);
        states.rememberPassing(state(1), 0);

        assertThat(states.weightBytes()).isEqualTo(30);
        states.forgetPassing();
        assertRemembered(1);
    }

    @Test
    void passingStates_forgotten_leaveTheOthers() {
        states.remember(state(1), 40);
        states.rememberPassing(state(2), 0);
        states.forgetPassing();

        assertRemembered(1);
        assertThat(states.floor(2)).isEqualTo(1);
        assertThat(states.weightBytes()).isEqualTo(40);
    }

    @Test
    void allStates_forgotten_weighNothing() {
        states.remember(state(1), 40);
        states.forget();

        assertRemembered();
        assertThat(states.floor(20)).isZero();
        assertThat(told).hasValue(0);
    }
}
