package dev.argondb.engine.merge;

import dev.argondb.Resolution;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How conflicts are to end, by their ids.
 *
 * <p>Immutable.
 *
 * @param rest how all others are to end; null to leave them open
 */
record Resolutions(Map<String, Resolution> byId, Resolution.@Nullable Side rest) {

    static final Resolutions NONE = new Resolutions(Map.of(), null);

    Resolutions with(String id, Resolution resolution) {
        Map<String, Resolution> more = new HashMap<>(byId);
        more.put(id, resolution);
        return new Resolutions(Map.copyOf(more), rest);
    }

    Resolutions withRest(Resolution.Side side) {
        return new Resolutions(byId, side);
    }

    @Nullable
    Resolution of(String id) {
        return byId.getOrDefault(id, rest);
    }
}
