package dev.argondb;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/**
 * Text that names a state: {@code main}, {@code main@1234} (an LSN), {@code main@2026-11-23T10:00:00Z} (a time) or
 * {@code tag:v1}.
 *
 * <p>Grammar: {@code ref = branch [ "@" ( lsn | instant ) ] | "tag:" name}. Branch and tag names have 1 to
 * {@value #MAX_NAME_LENGTH} characters, start with a letter, a digit or {@code _}, and go on with letters, digits and
 * {@code . _ - / # + = [ ] ( ) ,} or inner spaces; {@code @} and {@code :} never stand in a name.
 *
 * <p>Immutable.
 */
public sealed interface Ref {

    /** The longest name of a branch or tag, in characters. */
    int MAX_NAME_LENGTH = 200;

    /** The newest state of a branch. */
    record Head(String branch) implements Ref {

        /** The head of the branch that every database starts with. Not a constant of {@code Ref}: two threads that load both would deadlock. */
        public static final Head MAIN = new Head(Argon.MAIN);

        public Head {
            checkName("branch", branch);
        }

        @Override
        public String toString() {
            return branch;
        }
    }

    /** The newest commit of a branch at or below an LSN, on the branch's own chain. */
    record AtLsn(String branch, Lsn lsn) implements Ref {
        public AtLsn {
            checkName("branch", branch);
        }

        @Override
        public String toString() {
            return branch + "@" + lsn;
        }
    }

    /** The newest commit of a branch at or before a time. */
    record AtTime(String branch, Instant time) implements Ref {
        public AtTime {
            checkName("branch", branch);
        }

        @Override
        public String toString() {
            return branch + "@" + time;
        }
    }

    /** The commit that a tag names. */
    record Tag(String name) implements Ref {
        public Tag {
            checkName("tag", name);
        }

        @Override
        public String toString() {
            return TAG_PREFIX + name;
        }
    }

    /** What a tag's ref starts with. */
    String TAG_PREFIX = "tag:";

    /** Returns whether this ref names a moment rather than a moving head; such a state is read-only. */
    default boolean isPast() {
        return !(this instanceof Head);
    }

    /**
     * Parses a ref.
     *
     * @throws InvalidRefException if the text is not a ref
     */
    static Ref parse(String text) {
        if (text.startsWith(TAG_PREFIX)) {
            return new Tag(text.substring(TAG_PREFIX.length()));
        }
        int at = text.indexOf('@');
        return at < 0 ? new Head(text) : parseMoment(text, text.substring(0, at), text.substring(at + 1));
    }

    private static Ref parseMoment(String text, String branch, String moment) {
        if (!moment.isEmpty() && moment.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return new AtLsn(branch, parseLsn(text, moment));
        }
        try {
            return new AtTime(branch, Instant.parse(moment));
        } catch (DateTimeParseException e) {
            throw new InvalidRefException(
                    "ref `" + text + "` has `" + moment
                            + "` after `@`: expected an LSN such as `main@1234` or a time such as `main@2026-11-23T10:00:00Z`",
                    e);
        }
    }

    private static Lsn parseLsn(String text, String digits) {
        try {
            return new Lsn(Long.parseLong(digits));
        } catch (NumberFormatException e) {
            throw new InvalidRefException("ref `" + text + "` has an LSN above " + Long.MAX_VALUE, e);
        }
    }

    /**
     * Checks a name.
     *
     * @param kind what is named, for the message: {@code branch} or {@code tag}
     * @throws InvalidRefException if the name breaks the grammar
     */
    static void checkName(String kind, String name) {
        if (name.isEmpty() || name.length() > MAX_NAME_LENGTH || !Names.isValid(name)) {
            throw new InvalidRefException("`" + name + "` is not a " + kind + " name: 1 to " + MAX_NAME_LENGTH
                    + " letters, digits and `. _ - / # + = [ ] ( ) ,` are, the first of them a letter, digit or `_`");
        }
    }

    /** Holds the compiled grammar of names. */
    final class Names {
        private static final Pattern VALID =
                Pattern.compile("[\\p{L}\\p{N}_](?:[\\p{L}\\p{N}._/#+=\\[\\](), -]*[\\p{L}\\p{N}._/#+=\\[\\](),-])?");

        private Names() {}

        /** Refs are made several times in each transaction, and nearly all names are plain. */
        private static boolean isValid(String name) {
            return isPlain(name) || VALID.matcher(name).matches();
        }

        private static boolean isPlain(String name) {
            for (int i = 0; i < name.length(); i++) {
                char c = name.charAt(i);
                boolean isWord = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
                if (!isWord && (i == 0 || (c != '-' && c != '/' && c != '.'))) {
                    return false;
                }
            }
            return true;
        }
    }
}
