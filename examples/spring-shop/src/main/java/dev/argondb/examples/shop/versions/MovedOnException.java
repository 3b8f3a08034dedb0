package dev.argondb.examples.shop.versions;

/** A branch has moved since somebody looked at what a merge would do. */
public final class MovedOnException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MovedOnException() {
        super(
                "Somebody changed one of the branches since you looked at this merge. Nothing was merged; look at it again.");
    }
}
