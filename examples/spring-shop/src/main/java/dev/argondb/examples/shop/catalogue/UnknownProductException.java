package dev.argondb.examples.shop.catalogue;

/** No product has this id on the branch, or at the moment, that is looked at. */
public final class UnknownProductException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnknownProductException(long id) {
        super("There is no product " + id + " here. It may exist on another branch, or at another time.");
    }
}
