package dev.argondb.spring.jdbc;

import liquibase.database.DatabaseConnection;
import liquibase.database.core.H2Database;
import liquibase.exception.DatabaseException;

/**
 * Argon as Liquibase knows it: an H2 whose names are lower case. Liquibase takes names of H2 for upper case, and so would not find its own
 * tables at the second start. Change sets of {@code dbms: h2} are for it too. Found by {@link java.util.ServiceLoader}.
 *
 * <p>Confined, as Liquibase's own.
 */
public final class LiquibaseDatabase extends H2Database {

    private static final String URL_PREFIX = "jdbc:argon:";

    /** For Liquibase. */
    public LiquibaseDatabase() {
        unquotedObjectsAreUppercased = false;
    }

    /** Returns that it is asked before H2's. */
    @Override
    public int getPriority() {
        return super.getPriority() + 1;
    }

    @Override
    public boolean isCorrectDatabaseImplementation(DatabaseConnection connection) throws DatabaseException {
        String url = connection.getURL();
        return url != null && url.startsWith(URL_PREFIX);
    }
}
