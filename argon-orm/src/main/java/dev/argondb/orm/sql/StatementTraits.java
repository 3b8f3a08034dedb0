package dev.argondb.orm.sql;

import java.util.List;

/**
 * What must be done around a statement.
 *
 * @param asAdmin whether H2 asks for an administrator: for CREATE TABLE, because tables are made by a class of Argon's
 * @param sequences the sequences it may draw from by name or redefine, in ascending order of ids
 * @param redefines whether it may restart or redefine them
 */
record StatementTraits(boolean asAdmin, List<ArgonSequence> sequences, boolean redefines) {

    static final StatementTraits PLAIN = new StatementTraits(false, List.of(), false);
}
