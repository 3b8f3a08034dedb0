package dev.argondb.orm.jdbc;

import dev.argondb.engine.log.SyncMode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** One thing that a user can say about how a database in files is opened; {@code docs/storage.md} tells what each is for. */
enum Setting {
    SYNC("sync", (open, text) -> open.withSync(parseSync(text)), open -> text(open.sync())),

    CACHE_SIZE(
            "cache.size",
            (open, text) -> open.withStorage(open.storage().withCacheBytes(SettingText.bytes("cache.size", text))),
            open -> SettingText.ofBytes(open.storage().cacheBytes())),

    RETENTION(
            "retention",
            (open, text) -> open.withStorage(open.storage().withRetention(SettingText.retention(text))),
            open -> SettingText.ofRetention(open.storage().retention())),

    SNAPSHOT_ENTRIES(
            "snapshot.entries",
            (open, text) ->
                    open.withStorage(open.storage().withSnapshotEntries(SettingText.count("snapshot.entries", text))),
            open -> Integer.toString(open.storage().snapshotEntries())),

    SNAPSHOT_BYTES(
            "snapshot.bytes",
            (open, text) ->
                    open.withStorage(open.storage().withSnapshotBytes(SettingText.bytes("snapshot.bytes", text))),
            open -> SettingText.ofBytes(open.storage().snapshotBytes())),

    COLD(
            "cold",
            (open, text) -> open.withStorage(open.storage().withColdTier(SettingText.uri("cold", text))),
            open -> open.storage().coldTier().map(Object::toString).orElse("(none)"));

    /** What a property of the system or of a connection begins with. */
    static final String PROPERTY_PREFIX = "argon.";

    private final String key;
    private final BiFunction<OpenSettings, String, OpenSettings> reader;
    private final Function<OpenSettings, String> writer;

    Setting(String key, BiFunction<OpenSettings, String, OpenSettings> reader, Function<OpenSettings, String> writer) {
        this.key = key;
        this.reader = reader;
        this.writer = writer;
    }

    /** Returns the setting of a key, in any case. */
    static Optional<Setting> find(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key.equalsIgnoreCase(key))
                .findFirst();
    }

    /** Returns all keys. */
    static List<String> keys() {
        return Arrays.stream(values()).map(Setting::key).toList();
    }

    /** Returns how users name it. */
    String key() {
        return key;
    }

    /** Returns the name of the system property that gives it where nothing else does. */
    String property() {
        return PROPERTY_PREFIX + key;
    }

    /**
     * Returns settings with this one as a text says.
     *
     * @throws dev.argondb.InvalidRequestException if the text is none of its values
     */
    OpenSettings set(OpenSettings open, String text) {
        return reader.apply(open, text);
    }

    /** Returns the value that settings have, in canonical form. */
    String textIn(OpenSettings open) {
        return writer.apply(open);
    }

    /**
     * Returns a value in canonical form: equal values have equal texts.
     *
     * @throws dev.argondb.InvalidRequestException if the text is none of its values
     */
    String canonical(String text) {
        return textIn(set(OpenSettings.DEFAULT, text));
    }

    private static SyncMode parseSync(String text) {
        return Arrays.stream(SyncMode.values())
                .filter(mode -> mode.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> SettingText.refused("sync", text, "`strict` or `relaxed`"));
    }

    private static String text(SyncMode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }
}
