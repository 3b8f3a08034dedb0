package dev.argondb.spring.actuate;

import dev.argondb.Argon;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/**
 * The info {@code argon}: what kind of database it is, and how much there is in it; no path and no name.
 *
 * <p>Thread-safe.
 */
public final class ArgonInfoContributor implements InfoContributor {

    private final Argon argon;

    /** Info of a database. */
    public ArgonInfoContributor(Argon argon) {
        this.argon = argon;
    }

    @Override
    public void contribute(Info.Builder builder) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("store", StorageReading.isInMemory(argon) ? "memory" : "file");
        details.put("branches", argon.branches().size());
        details.put("tags", argon.tags().size());
        details.put("lastLsn", argon.lastLsn());
        builder.withDetail("argon", details);
    }
}
