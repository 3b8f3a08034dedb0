package dev.argondb.orm.jdbc;

import dev.argondb.InvalidRequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.regex.Pattern;

/**
 * Where a database is: {@code mem:NAME} in this process, or {@code file:PATH} in a directory.
 *
 * <p>Grammar: {@code location = "mem:" name | "file:" path { ";" setting "=" value }}. A name has 1 to 200 letters, digits and
 * {@code . _ -}. A path is made absolute; two paths of one directory are one location. Settings are those of {@link Setting}, in
 * any case; values may hold {@code %XX} escapes.
 *
 * <p>Immutable.
 *
 * @param kind in memory or in a directory
 * @param name the name, or the absolute path of the directory
 * @param wishes how it is to be opened; none in memory
 */
record Location(Kind kind, String name, Wishes wishes) {

    /** In memory, or in a directory. */
    enum Kind {
        MEM("mem:"),
        FILE("file:");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }

        private String prefix() {
            return prefix;
        }
    }

    private static final Pattern MEM_NAME = Pattern.compile("[\\p{L}\\p{N}._-]{1,200}");

    private static final String EXPECTED =
            "expected `mem:NAME`, or `file:PATH` with settings such as `;sync=relaxed` or nothing after it";

    Location {
        if (kind == Kind.MEM && !wishes.values().isEmpty()) {
            Setting first = Collections.min(wishes.values().keySet());
            throw new InvalidRequestException("`" + first.key() + "` has no meaning for `" + kind.prefix() + name
                    + "`: nothing is on disk; leave it out");
        }
    }

    /**
     * Parses a location.
     *
     * @throws InvalidRequestException if the text is not a location
     */
    static Location parse(String text) {
        int semicolon = text.indexOf(';');
        String place = semicolon < 0 ? text : text.substring(0, semicolon);
        String settings = semicolon < 0 ? "" : text.substring(semicolon + 1);
        if (place.startsWith(Kind.MEM.prefix())) {
            return new Location(
                    Kind.MEM, memName(text, place.substring(Kind.MEM.prefix().length())), Wishes.parse(text, settings));
        }
        if (place.startsWith(Kind.FILE.prefix())) {
            return new Location(
                    Kind.FILE,
                    filePath(text, place.substring(Kind.FILE.prefix().length())),
                    Wishes.parse(text, settings));
        }
        throw new InvalidRequestException("`" + text + "` is not a location: " + EXPECTED);
    }

    private static String memName(String text, String name) {
        if (!MEM_NAME.matcher(name).matches()) {
            throw new InvalidRequestException("location `" + text + "` has `" + name
                    + "` for a name: expected 1 to 200 letters, digits and `. _ -`, such as `mem:shop`");
        }
        return name;
    }

    private static String filePath(String text, String path) {
        if (path.isBlank()) {
            throw new InvalidRequestException("location `" + text + "` has no path: " + EXPECTED);
        }
        return canonical(text, path);
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

    /**
     * Returns the same place with one more wish, which wins over an earlier one.
     *
     * @throws InvalidRequestException if the setting does not take the value, or it is in memory
     */
    Location with(Setting setting, String value) {
        return new Location(kind, name, wishes.with(setting, value));
    }

    /** Returns the same place without wishes: as it is open already, if it is. */
    Location withoutWishes() {
        return new Location(kind, name, Wishes.NONE);
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
        return key() + wishes;
    }
}
