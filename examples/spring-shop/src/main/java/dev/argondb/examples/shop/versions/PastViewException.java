package dev.argondb.examples.shop.versions;

/** Something was to be changed while the past was looked at. */
public final class PastViewException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PastViewException(String label) {
        super("You see " + label
                + ". The past can be read, not changed: go back to live, or make a branch of that moment.");
    }
}
