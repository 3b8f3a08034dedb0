package dev.argondb.examples.shop.versions;

/** A guest tried what only staff may do. */
public final class StaffOnlyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StaffOnlyException() {
        super("Only staff may do this. Choose ann or ben under `You are`.");
    }
}
