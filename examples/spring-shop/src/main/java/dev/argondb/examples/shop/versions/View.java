package dev.argondb.examples.shop.versions;

import dev.argondb.Ref;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a page shows: the head of a branch, or a past moment.
 *
 * <p>Immutable.
 *
 * @param ref what it is
 * @param branch the branch that the ref names; for a tag {@code main}
 * @param moment the time of a past moment that is named by time, as the form has it; empty for others
 * @param label the ref for people
 */
public record View(Ref ref, String branch, String moment, String label) {

    /** The session attribute that the filter of requests reads. */
    public static final String SESSION_ATTRIBUTE = "view";

    private static final DateTimeFormatter FIELD =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter PEOPLE = DateTimeFormatter.ofPattern(
                    "d MMM yyyy, HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** Returns the view of a ref. */
    public static View of(Ref ref) {
        if (ref instanceof Ref.AtTime at) {
            return new View(
                    ref, at.branch(), FIELD.format(at.time()), at.branch() + " as it was on " + text(at.time()));
        }
        if (ref instanceof Ref.AtLsn at) {
            return new View(ref, at.branch(), "", at.branch() + " as it was at LSN " + at.lsn());
        }
        if (ref instanceof Ref.Tag tag) {
            return new View(ref, "main", "", "tag " + tag.name());
        }
        return new View(ref, ref.toString(), "", ref.toString());
    }

    /** Returns a time for people. */
    public static String text(@Nullable Instant time) {
        return time == null ? "" : PEOPLE.format(time);
    }

    public boolean isPast() {
        return ref.isPast();
    }

    public boolean isMain() {
        return ref.equals(Ref.Head.MAIN);
    }
}
