package dev.argondb.engine.branch;

import dev.argondb.engine.state.DatabaseState;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What open units of work stand on: retention takes nothing away that one of them may read, however long it stays open.
 *
 * <p>Thread-safe.
 */
final class OpenUnits {

    /** One open unit of work; each is its own. */
    static final class Unit {
        private final @Nullable DatabaseState head;
        private final @Nullable PastState past;

        private Unit(@Nullable DatabaseState head, @Nullable PastState past) {
            this.head = head;
            this.past = past;
        }
    }

    private final Set<Unit> open = ConcurrentHashMap.newKeySet();

    /** Takes note of a unit of work that begins on a head. */
    Unit onHead(DatabaseState head) {
        return add(new Unit(head, null));
    }

    /** Takes note of a unit of work that begins in the past. */
    Unit inThePast(PastState past) {
        return add(new Unit(null, past));
    }

    private Unit add(Unit unit) {
        open.add(unit);
        return unit;
    }

    void end(Unit unit) {
        open.remove(unit);
    }

    /** Gives what they stand on. */
    void forEach(Consumer<DatabaseState> heads, Consumer<PastState> pasts) {
        for (Unit unit : open) {
            if (unit.head != null) {
                heads.accept(unit.head);
            }
            if (unit.past != null) {
                pasts.accept(unit.past);
            }
        }
    }
}
