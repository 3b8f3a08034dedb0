package dev.argondb;

/**
 * Says who makes a commit and why: asked in the committing thread, when the commit is made, where neither the session nor the
 * transaction says it. It goes before what a URL says.
 *
 * <p>Thread-safe; quick, since every commit asks it. An exception fails the commit.
 */
public interface Authorship {

    /** Says nothing. */
    Authorship NONE = () -> "";

    /** Returns who makes the commit; empty for nobody known. */
    String author();

    /** Returns why the commit is made; empty for no reason given. */
    default String message() {
        return "";
    }
}
