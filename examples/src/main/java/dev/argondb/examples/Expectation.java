package dev.argondb.examples;

import dev.argondb.Lsn;
import dev.argondb.Ref;
import java.math.BigDecimal;
import java.util.List;

/**
 * What one process found on a ref, for another one to find again.
 *
 * <p>Immutable. As text: {@code ref,lsn,value}.
 *
 * @param ref the ref
 * @param lsn the commit it stood for
 * @param value the value of all copies sold, at its prices
 */
record Expectation(String ref, Lsn lsn, BigDecimal value) {

    static Expectation of(MusicStore store, String ref) {
        return new Expectation(ref, store.argon().resolve(Ref.parse(ref)).orElseThrow(), store.value(ref));
    }

    static Expectation parse(String text) {
        List<String> parts = List.of(text.split(","));
        return new Expectation(parts.get(0), Lsn.of(Long.parseLong(parts.get(1))), new BigDecimal(parts.get(2)));
    }

    @Override
    public String toString() {
        return ref + "," + lsn + "," + value;
    }
}
