package dev.argondb.orm.jdbc;

import dev.argondb.InvalidRequestException;
import dev.argondb.engine.log.SyncMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a database is: {@code mem:NAME} in this process, or {@code file:PATH} in a directory.
 *
 * <p>Grammar: {@code location = "mem:" name | "file:" path [ ";sync=" ( "strict" | "relaxed" ) ]}. A name has 1 to 200 letters,
 * digits and {@code . _ -}. A path is made absolute; two paths of one directory are one location.
 *
 * <p>Immutable.
 *
 * @param kind in memory or in a directory
 * @param name the name, or the absolute path of the directory
 * @param sync what was asked about durability; empty where nothing was
 */
record Location(Kind kind, String name, Optional<SyncMode> sync) {

    /** In memory, or in a directory. */
    enum Kind {
        MEM,
        FILE;

        private String prefix() {
            return name().toLowerCase(Locale.ROOT) + ":";
        }
    }

    private static final Pattern MEM_NAME = Pattern.compile("[\\p{L}\\p{N}._-]{1,200}");

    private static final String EXPECTED =
            "expected `mem:NAME`, or `file:PATH` with `;sync=relaxed` or nothing after it";

    /**
     * Parses a location.
     *
     * @throws InvalidRequestException if the text is not a location
     */
    static Location parse(String text) {
        if (text.startsWith(Kind.MEM.prefix())) {
            return mem(text, text.substring(Kind.MEM.prefix().length()));
        }
        if (text.startsWith(Kind.FILE.prefix())) {
            return file(text, text.substring(Kind.FILE.prefix().length()));
        }
        throw new InvalidRequestException("`" + text + "` is not a location: " + EXPECTED);
    }

    private static Location mem(String text, String name) {
        if (!MEM_NAME.matcher(name).matches()) {
            throw new InvalidRequestException("location `" + text + "` has `" + name
                    + "` for a name: expected 1 to 200 letters, digits and `. _ -`, such as `mem:shop`");
        }
        return new Location(Kind.MEM, name, Optional.empty());
    }

    private static Location file(String text, String rest) {
        int semicolon = rest.indexOf(';');
        String path = semicolon < 0 ? rest : rest.substring(0, semicolon);
        Optional<SyncMode> sync =
                semicolon < 0 ? Optional.empty() : Optional.of(setting(text, rest.substring(semicolon + 1)));
        if (path.isBlank()) {
            throw new InvalidRequestException("location `" + text + "` has no path: " + EXPECTED);
        }
        return new Location(Kind.FILE, canonical(text, path), sync);
    }

    private static SyncMode setting(String text, String setting) {
        int equals = setting.indexOf('=');
        String key = equals < 0 ? setting : setting.substring(0, equals);
        if (!key.equalsIgnoreCase("sync")) {
            throw new InvalidRequestException(
                    "location `" + text + "` has the unknown setting `" + key + "`: " + EXPECTED);
        }
        return parseSync(equals < 0 ? "" : setting.substring(equals + 1));
    }

    /** Parses the value of {@code sync=}. */
    static SyncMode parseSync(String value) {
        for (SyncMode sync : SyncMode.values()) {
            if (sync.name().equalsIgnoreCase(value)) {
                return sync;
            }
        }
        throw new InvalidRequestException("`sync=" + value + "` is unknown: expected `strict` or `relaxed`");
    }

    private static String canonical(String text, String path) {
        try {
            return real(Path.of(path).toAbsolutePath().normalize()).toString();
        } catch (InvalidPathException e) {
            throw new InvalidRequestException("location `" + text + "` has no valid path: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new InvalidRequestException("location `" + text + "` cannot be resolved: " + e.getMessage(), e);
        }
    }

    /** Resolves links as far as the path exists, so that a directory has one name before it is made and after. */
    private static Path real(Path absolute) throws IOException {
        Path parent = absolute.getParent();
        if (parent == null || Files.exists(absolute)) {
            return absolute.toRealPath();
        }
        return real(parent).resolve(absolute.getFileName());
    }

    /** Returns the same place with another wish about durability. */
    Location withSync(SyncMode wished) {
        if (kind == Kind.MEM) {
            throw new InvalidRequestException(
                    "`sync` has no meaning for `" + key() + "`: nothing is on disk; leave it out");
        }
        return new Location(kind, name, Optional.of(wished));
    }

    /** Returns the same place without a wish about durability: as it is open already, if it is. */
    Location withoutSync() {
        return new Location(kind, name, Optional.empty());
    }

    /** Returns the directory of a {@link Kind#FILE} location. */
    Path directory() {
        return Path.of(name);
    }

    /** Returns what two locations of one database have in common: the canonical form without settings. */
    String key() {
        return kind.prefix() + name;
    }

    /** Returns the canonical form. */
    @Override
    public String toString() {
        return key()
                + sync.map(wished -> ";sync=" + wished.name().toLowerCase(Locale.ROOT))
                        .orElse("");
    }
}
