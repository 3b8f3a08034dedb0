package dev.argondb;

/** A unique or foreign key would be violated; correct the data. */
public final class ConstraintException extends ArgonException {

    private static final long serialVersionUID = 1L;

    /** Which kind of key. */
    public enum Kind {
        UNIQUE,
        FOREIGN_KEY
    }

    private final Kind kind;
    private final String collection;
    private final int objectId;

    /**
     * @param collection the collection whose change is refused
     * @param objectId the id of the index or foreign key; 0 for the collection's own key
     */
    public ConstraintException(Kind kind, String collection, int objectId, String message) {
        super(message);
        this.kind = kind;
        this.collection = collection;
        this.objectId = objectId;
    }

    /** Returns which kind of key would be violated. */
    public Kind kind() {
        return kind;
    }

    /** Returns the collection whose change is refused. */
    public String collection() {
        return collection;
    }

    /** Returns the id of the index or foreign key, 0 for the collection's own key. */
    public int objectId() {
        return objectId;
    }
}
