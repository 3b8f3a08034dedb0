package dev.argondb.spring;

/**
 * Says why commits are made, where no {@link CommitMessage} does. A bean of this type is asked in the committing thread, by each
 * commit: of the request, the job or the user that it belongs to.
 *
 * <p>Thread-safe; quick. An exception fails the commit.
 */
@FunctionalInterface
public interface CommitMessageSource {

    /** Returns why the commit is made; empty for no reason given. */
    String message();
}
