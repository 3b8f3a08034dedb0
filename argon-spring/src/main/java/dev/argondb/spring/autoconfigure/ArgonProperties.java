package dev.argondb.spring.autoconfigure;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * The properties {@code argon.*} of an application.
 *
 * <p>Confined to start-up.
 */
@ConfigurationProperties("argon")
public class ArgonProperties {

    /** Where a database is when nothing says it. */
    static final String DEFAULT_URL = "file:./argon-data";

    /** Whether Argon takes part in the application at all. */
    private boolean enabled = true;

    /** Location of the database ("file:./data", "mem:shop") or a "jdbc:argon:" URL. By default "spring.datasource.url" if that is Argon's, else "file:./argon-data". */
    private @Nullable String url;

    /** Branch, or read-only past moment ("main@1234", "tag:v1"), to be on where no scope says otherwise. */
    private @Nullable String ref;

    /** Who commits are by where no Authorship or AuditorAware bean says it. */
    private @Nullable String author;

    /** When a commit returns: "strict" when it is on disk, "relaxed" before its fsync. */
    private @Nullable Sync sync;

    /** How transactions are isolated where they do not say it themselves. */
    private @Nullable Isolation isolation;

    /** About how much of the heap decoded pages may take. By default a quarter of the heap. */
    private @Nullable DataSize cacheSize;

    /** How much history is kept: "all", a duration such as "30d" or "PT36H", or "lsn:1234". */
    private @Nullable String retention;

    /** Where old parts of the log move to, such as "file:/archive". */
    private @Nullable URI cold;

    private final Snapshot snapshot = new Snapshot();

    private final Schema schema = new Schema();

    /** When a commit returns. */
    public enum Sync {
        STRICT,
        RELAXED
    }

    /** How transactions are isolated. */
    public enum Isolation {
        SNAPSHOT,
        SERIALIZABLE
    }

    /** What is done to the schema of persistence units when they start. */
    public enum SchemaManagement {
        AUTO,
        NONE,
        VALIDATE,
        UPDATE,
        CREATE,
        CREATE_DROP;

        /** Returns Hibernate's word for it. */
        String action() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The schema of persistence units. */
    public static class Schema {

        /** What Hibernate does to the schema when it starts. "auto" leaves it to Flyway or Liquibase or to what "spring.jpa" says; else it is "create-drop" in memory and "update" on disk. */
        private SchemaManagement management = SchemaManagement.AUTO;

        public SchemaManagement getManagement() {
            return management;
        }

        public void setManagement(SchemaManagement management) {
            this.management = management;
        }
    }

    /** When snapshots are taken. */
    public static class Snapshot {

        /** After how many entries of the log a snapshot is taken. */
        private @Nullable Integer entries;

        /** After how many bytes of log a snapshot is taken. */
        private @Nullable DataSize bytes;

        public @Nullable Integer getEntries() {
            return entries;
        }

        public void setEntries(@Nullable Integer entries) {
            this.entries = entries;
        }

        public @Nullable DataSize getBytes() {
            return bytes;
        }

        public void setBytes(@Nullable DataSize bytes) {
            this.bytes = bytes;
        }
    }

    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public @Nullable String getUrl() {
        return url;
    }

    public void setUrl(@Nullable String url) {
        this.url = url;
    }

    public @Nullable String getRef() {
        return ref;
    }

    public void setRef(@Nullable String ref) {
        this.ref = ref;
    }

    public @Nullable String getAuthor() {
        return author;
    }

    public void setAuthor(@Nullable String author) {
        this.author = author;
    }

    public @Nullable Sync getSync() {
        return sync;
    }

    public void setSync(@Nullable Sync sync) {
        this.sync = sync;
    }

    public @Nullable Isolation getIsolation() {
        return isolation;
    }

    public void setIsolation(@Nullable Isolation isolation) {
        this.isolation = isolation;
    }

    public @Nullable DataSize getCacheSize() {
        return cacheSize;
    }

    public void setCacheSize(@Nullable DataSize cacheSize) {
        this.cacheSize = cacheSize;
    }

    public @Nullable String getRetention() {
        return retention;
    }

    public void setRetention(@Nullable String retention) {
        this.retention = retention;
    }

    public @Nullable URI getCold() {
        return cold;
    }

    public void setCold(@Nullable URI cold) {
        this.cold = cold;
    }

    public Snapshot getSnapshot() {
        return snapshot;
    }

    public Schema getSchema() {
        return schema;
    }
}
