package dev.argondb.orm.jdbc;

import dev.argondb.Authorship;
import org.jspecify.annotations.Nullable;

/**
 * Who the commits of a connection are by, and why they are made: as the connection says, as its {@link Authorship} says, as the
 * next commit says, or as the present transaction says, the latter winning.
 *
 * <p>Confined, as its connection.
 */
final class CommitNotes {

    private final Authorship authorship;
    private String author;
    private String message;
    private @Nullable String nextMessage;
    private @Nullable Note note;

    /** Who makes the commit of the present transaction, and why; empty text says nothing. */
    private record Note(String author, String message) {}

    CommitNotes(String author, String message, Authorship authorship) {
        this.author = author;
        this.message = message;
        this.authorship = authorship;
    }

    String author() {
        return author;
    }

    void author(String name) {
        author = name;
    }

    String message() {
        return message;
    }

    void message(String text) {
        message = text;
    }

    /** Gives the next commit a message. */
    void nameNext(String why) {
        nextMessage = why;
    }

    /** Says who makes the commit of the present transaction, and why. */
    void describe(String who, String why) {
        note = new Note(who, why);
    }

    String authorOfCommit() {
        Note present = note;
        return present == null || present.author().isEmpty() ? or(authorship.author(), author) : present.author();
    }

    String messageOfCommit() {
        Note present = note;
        if (present != null && !present.message().isEmpty()) {
            return present.message();
        }
        return nextMessage == null ? or(authorship.message(), message) : nextMessage;
    }

    private static String or(String text, String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }

    /** The next commit was made, or was given up. */
    void nextIsOver() {
        nextMessage = null;
    }

    /** The present transaction is over. */
    void transactionIsOver() {
        note = null;
    }
}
