package dev.argondb.examples.shop.catalogue;

/** Somebody changed a product since a form was filled with it. */
public final class StaleProductException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StaleProductException(String product) {
        super("Somebody else changed `" + product + "` meanwhile. Look at it again before you change it.");
    }
}
