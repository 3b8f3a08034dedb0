package dev.argondb.orm.jdbc;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An SQL statement about the transaction itself: it never reaches H2, the connection carries it out.
 *
 * <p>Immutable.
 */
sealed interface TransactionControl {

    /** {@code BEGIN [WORK | TRANSACTION]}, {@code START TRANSACTION}: no autocommit until the transaction ends. */
    record Begin() implements TransactionControl {}

    /** {@code COMMIT [WORK]}. */
    record Commit() implements TransactionControl {}

    /** {@code ROLLBACK [WORK]}. */
    record Rollback() implements TransactionControl {}

    /** {@code SAVEPOINT name}. */
    record Mark(String name) implements TransactionControl {}

    /** {@code ROLLBACK [WORK] TO [SAVEPOINT] name}. */
    record RollbackTo(String name) implements TransactionControl {}

    /** {@code RELEASE [SAVEPOINT] name}. */
    record Release(String name) implements TransactionControl {}

    /** {@code SET AUTOCOMMIT ON | OFF}, {@code AUTOCOMMIT TRUE | FALSE}. */
    record AutoCommit(boolean on) implements TransactionControl {}

    /** {@code SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL level}; the level as JDBC's constant. */
    record Isolate(int level) implements TransactionControl {}

    /** {@code CHECKPOINT} and its like: nothing to do, every commit is in the log. */
    record Nothing() implements TransactionControl {}

    /** Reads a statement; empty where it is no such statement, or one that Argon does not know. */
    static Optional<TransactionControl> parse(String sql) {
        List<String> words = SqlScript.words(sql, 12);
        if (words.isEmpty()) {
            return Optional.empty();
        }
        List<String> rest = words.subList(1, words.size());
        return switch (upper(words.get(0))) {
            case "BEGIN" -> only(rest, new Begin(), "WORK", "TRANSACTION");
            case "START" -> is(rest, "TRANSACTION") ? Optional.of(new Begin()) : Optional.empty();
            case "COMMIT" -> only(rest, new Commit(), "WORK");
            case "ROLLBACK" -> rollback(rest);
            case "SAVEPOINT" -> named(rest, "SAVEPOINT").map(Mark::new);
            case "RELEASE" -> named(without(rest, "SAVEPOINT"), "RELEASE").map(Release::new);
            case "CHECKPOINT" -> only(rest, new Nothing(), "SYNC");
            case "SET" -> set(rest);
            case "AUTOCOMMIT" -> autoCommit(rest);
            default -> Optional.empty();
        };
    }

    private static Optional<TransactionControl> rollback(List<String> rest) {
        List<String> target = without(rest, "WORK");
        if (target.isEmpty()) {
            return Optional.of(new Rollback());
        }
        if (!upper(target.get(0)).equals("TO")) {
            return Optional.empty();
        }
        return named(without(target.subList(1, target.size()), "SAVEPOINT"), "ROLLBACK")
                .map(RollbackTo::new);
    }

    private static Optional<TransactionControl> set(List<String> rest) {
        if (!rest.isEmpty() && upper(rest.get(0)).equals("AUTOCOMMIT")) {
            return autoCommit(rest.subList(1, rest.size()));
        }
        return is(
                        rest.subList(0, Math.min(6, rest.size())),
                        "SESSION",
                        "CHARACTERISTICS",
                        "AS",
                        "TRANSACTION",
                        "ISOLATION",
                        "LEVEL")
                ? IsolationLevels.named(rest.subList(6, rest.size())).map(Isolate::new)
                : Optional.empty();
    }

    private static Optional<TransactionControl> autoCommit(List<String> rest) {
        return rest.size() != 1
                ? Optional.empty()
                : switch (upper(rest.get(0))) {
                    case "TRUE", "ON", "1" -> Optional.of(new AutoCommit(true));
                    case "FALSE", "OFF", "0" -> Optional.of(new AutoCommit(false));
                    default -> Optional.empty();
                };
    }

    private static Optional<TransactionControl> only(
            List<String> rest, TransactionControl control, String... optional) {
        boolean fits = rest.isEmpty() || (rest.size() == 1 && List.of(optional).contains(upper(rest.get(0))));
        return fits ? Optional.of(control) : Optional.empty();
    }

    private static Optional<String> named(List<String> rest, String statement) {
        return rest.size() == 1 && !upper(rest.get(0)).equals(statement)
                ? Optional.of(unquoted(rest.get(0)))
                : Optional.empty();
    }

    private static List<String> without(List<String> words, String optional) {
        return !words.isEmpty() && upper(words.get(0)).equals(optional) ? words.subList(1, words.size()) : words;
    }

    private static boolean is(List<String> words, String... expected) {
        return words.stream().map(TransactionControl::upper).toList().equals(List.of(expected));
    }

    /** A quoted name is taken as it stands, any other in lower case. */
    private static String unquoted(String name) {
        char first = name.charAt(0);
        return first == '"' || first == '`' ? name.substring(1, name.length() - 1) : name.toLowerCase(Locale.ROOT);
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }
}
