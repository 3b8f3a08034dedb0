package dev.argondb.orm.sql;

import org.h2.value.Value;
import org.h2.value.ValueBlob;
import org.h2.value.ValueClob;
import org.h2.value.ValueLob;
import org.h2.value.lob.LobDataInMemory;

/** Large objects as plain values, so that nothing lives only in H2's own store. Stateless, thread-safe. */
final class LargeObjects {

    private LargeObjects() {}

    /** Returns a large object that holds its content itself. */
    static Value inlined(ValueLob large) {
        if (large.getLobData() instanceof LobDataInMemory) {
            return large;
        }
        return large.getValueType() == Value.CLOB
                ? ValueClob.createSmall(large.getString())
                : ValueBlob.createSmall(large.getBytes());
    }
}
