package dev.argondb.orm.parity;

import java.sql.SQLException;
import java.util.List;

/** Runs a script on one connection, from its first step to its last. */
record DirectReplay(String url) implements Replay {

    /** The reference: names in lower case, as on Argon, all else as H2 comes. The database goes with its only connection. */
    static final DirectReplay STOCK_H2 =
            new DirectReplay("jdbc:h2:mem:;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE");

    @Override
    public List<Answer> answers(Script script) throws SQLException {
        try (Client client = Client.connect(url)) {
            return client.answers(script.steps());
        }
    }
}
