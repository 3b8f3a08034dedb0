package dev.argondb.orm.jdbc;

import dev.argondb.InvalidRequestException;
import dev.argondb.engine.branch.Nearest;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What was asked of a database in files when it was named; what was not asked for stays as the database is open already, or as
 * it comes.
 *
 * <p>Immutable.
 *
 * @param values canonical texts
 */
record Wishes(Map<Setting, String> values) {

    /** Nothing is asked for. */
    static final Wishes NONE = new Wishes(Map.of());

    Wishes {
        values = Map.copyOf(values);
    }

    /**
     * Parses {@code key=value;key=value}.
     *
     * @param whole what the settings are a part of, for messages
     * @throws InvalidRequestException if a setting is unknown, given twice, or has a value that it does not take
     */
    static Wishes parse(String whole, String settings) {
        Wishes wishes = NONE;
        for (String setting : settings.split(";")) {
            if (!setting.isEmpty()) {
                wishes = wishes.and(whole, setting);
            }
        }
        return wishes;
    }

    private Wishes and(String whole, String setting) {
        int equals = setting.indexOf('=');
        String key = equals < 0 ? setting : setting.substring(0, equals);
        Setting known = Setting.find(key).orElseThrow(() -> unknown(whole, key));
        if (values.containsKey(known)) {
            throw new InvalidRequestException(
                    "location `" + whole + "` gives `" + known.key() + "` twice; give it once");
        }
        return with(known, PercentText.decoded("location", whole, equals < 0 ? "" : setting.substring(equals + 1)));
    }

    private static InvalidRequestException unknown(String whole, String key) {
        return new InvalidRequestException("location `" + whole + "` has the unknown setting `" + key + "`"
                + Nearest.to(key, Setting.keys()) + "; allowed: `" + String.join("`, `", Setting.keys()) + "`");
    }

    /** Returns these wishes and one more, which wins over an earlier one. */
    Wishes with(Setting setting, String value) {
        Map<Setting, String> more = new EnumMap<>(Setting.class);
        more.putAll(values);
        more.put(setting, setting.canonical(value));
        return new Wishes(more);
    }

    /**
     * Returns what a database is opened with: what is asked for, else what the system properties {@code argon.*} say, else
     * what comes of itself.
     *
     * @throws InvalidRequestException if a system property has a value that its setting does not take
     */
    OpenSettings toOpen() {
        OpenSettings open = OpenSettings.DEFAULT;
        for (Setting setting : Setting.values()) {
            String wish = values.get(setting);
            open = wish == null ? ofProcess(open, setting) : setting.set(open, wish);
        }
        return open;
    }

    private static OpenSettings ofProcess(OpenSettings open, Setting setting) {
        String value = System.getProperty(setting.property());
        if (value == null || value.isEmpty()) {
            return open;
        }
        try {
            return setting.set(open, value);
        } catch (InvalidRequestException e) {
            throw new InvalidRequestException("system property `" + setting.property() + "`: " + e.getMessage(), e);
        }
    }

    /**
     * Checks that a database that is open already is as these wishes have it.
     *
     * @throws InvalidRequestException if not
     */
    void requireMet(String database, OpenSettings open) {
        if (values.isEmpty()) {
            return;
        }
        for (Setting setting : Setting.values()) {
            String wish = values.get(setting);
            String present = setting.textIn(open);
            if (wish != null && !wish.equals(present)) {
                throw new InvalidRequestException("`" + database + "` is open in this process with `" + setting.key()
                        + "=" + present + "`, so it cannot be opened with `" + setting.key() + "=" + wish
                        + "` now; leave `" + setting.key() + "` out or close it first");
            }
        }
    }

    /** Returns the text that {@link #parse} takes, each setting after a semicolon. */
    @Override
    public String toString() {
        if (values.isEmpty()) {
            return ""; // nearly always, and each connection names its database
        }
        return values.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(wish -> ";" + wish.getKey().key() + "=" + PercentText.encoded(wish.getValue()))
                .collect(Collectors.joining());
    }
}
