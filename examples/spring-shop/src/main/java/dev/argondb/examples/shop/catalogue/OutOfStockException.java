package dev.argondb.examples.shop.catalogue;

/** Fewer pieces are there than somebody wants. */
public final class OutOfStockException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public OutOfStockException(String product, int stock, int wanted) {
        super("There are " + stock + " of `" + product + "` in stock, not " + wanted + ".");
    }
}
