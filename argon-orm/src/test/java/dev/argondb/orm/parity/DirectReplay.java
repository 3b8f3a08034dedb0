package dev.argondb.orm.parity;

import java.sql.SQLException;
import java.util.List;

/** Runs a script on one connection, from its first step to its last. */
record DirectReplay(String url) implements Replay {

    /** The reference. The database goes with its only connection. */
    static final DirectReplay STOCK_H2 = new DirectReplay("jdbc:h2:mem:");

    @Override
    public List<Answer> answers(Script script) throws SQLException {
        try (Client client = Client.connect(url)) {
            return client.answers(script.steps());
        }
    }
}
