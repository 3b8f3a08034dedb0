package dev.argondb.orm.parity;

import java.sql.SQLException;
import java.util.List;

/** A way to run a script on a database. */
interface Replay {

    /** Runs all steps of a script on a new, empty database and returns an answer for each, in their order. */
    List<Answer> answers(Script script) throws SQLException;
}
