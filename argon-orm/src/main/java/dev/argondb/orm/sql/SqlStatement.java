package dev.argondb.orm.sql;

import dev.argondb.orm.sql.SqlText.Kind;
import dev.argondb.orm.sql.SqlText.Token;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can be told of one SQL statement from its text: what it does, and whether it may run at all.
 *
 * <p>Immutable.
 *
 * @param kind what it does
 * @param refusal why it may not run, one line; null where it may
 * @param tokens its tokens
 */
record SqlStatement(SqlStatementKind kind, @Nullable String refusal, List<Token> tokens) {

    private static final String DOORS =
            "; SQL on Argon reaches no files, addresses, Java code or other databases: do it in the application";

    /** Functions that reach out of the database or into other sessions. */
    private static final Set<String> REFUSED_FUNCTIONS =
            Set.of("CSVREAD", "CSVWRITE", "FILE_READ", "FILE_WRITE", "LINK_SCHEMA", "ABORT_SESSION", "CANCEL_SESSION");

    private static final Set<String> REFUSED_STATEMENTS = Set.of(
            "RUNSCRIPT",
            "SCRIPT",
            "BACKUP",
            "PREPARE",
            "SHUTDOWN",
            "EXECUTE",
            "DEALLOCATE",
            "GRANT",
            "REVOKE",
            "ANALYZE");

    private static final Set<String> REFUSED_OBJECTS =
            Set.of("ALIAS", "AGGREGATE", "TRIGGER", "LINKED", "USER", "ROLE", "FUNCTION", "PROCEDURE", "ALL", "FORCE");

    private static final Set<String> SEQUENCE_OPTIONS =
            Set.of("RESTART", "START", "INCREMENT", "MINVALUE", "MAXVALUE", "CYCLE", "CACHE", "NOCACHE", "NOCYCLE");

    private static final Set<String> QUERIES =
            Set.of("SELECT", "VALUES", "TABLE", "WITH", "EXPLAIN", "SHOW", "HELP", "CALL", "FROM");

    private static final Set<String> CHANGES = Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE");

    /** Reads a statement. */
    static SqlStatement of(String sql) {
        List<Token> tokens = SqlText.tokens(sql);
        String refusal = refusal(tokens);
        if (refusal != null) {
            return new SqlStatement(SqlStatementKind.REFUSED, refusal, tokens);
        }
        return new SqlStatement(kind(tokens), null, tokens);
    }

    /** Returns whether it draws values from a sequence by name, or looks at sequences. */
    boolean namesSequences() {
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.isWord("NEXTVAL")
                    || token.isName("SEQUENCES")
                    || (token.isWord("NEXT") && word(tokens, i + 1, "VALUE") && word(tokens, i + 2, "FOR"))) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether it may restart or redefine a sequence: it alters or truncates, with an option of sequences. */
    boolean redefinesSequences() {
        String first = first(tokens);
        return (first.equals("ALTER") || first.equals("TRUNCATE"))
                && tokens.stream()
                        .anyMatch(token -> token.kind() == Kind.WORD && SEQUENCE_OPTIONS.contains(token.text()));
    }

    private static @Nullable String refusal(List<Token> tokens) {
        String first = first(tokens);
        if (REFUSED_STATEMENTS.contains(first)) {
            return "`" + first + "` is refused" + DOORS;
        }
        String object = createdObject(tokens);
        if (object != null && REFUSED_OBJECTS.contains(object)) {
            return "`" + first + " " + object + "` is refused" + DOORS;
        }
        if ("MATERIALIZED".equals(object) || first.equals("REFRESH")) {
            return "`MATERIALIZED VIEW` is refused: create a table from the query, or a plain view";
        }
        return refusedPart(tokens, first.equals("CREATE") || first.equals("ALTER"));
    }

    private static @Nullable String refusedPart(List<Token> tokens, boolean ddl) {
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.isSign('(') ? 1 : token.isSign(')') ? -1 : 0;
            boolean called = i + 1 < tokens.size() && tokens.get(i + 1).isSign('(');
            if (called && isRefusedFunction(token)) {
                return "function `" + token.text() + "` is refused" + DOORS;
            }
            if (ddl && depth == 0 && token.isWord("ENGINE")) {
                return "`ENGINE` is refused: all tables are Argon's; leave the clause out";
            }
        }
        return null;
    }

    private static boolean isRefusedFunction(Token token) {
        return switch (token.kind()) {
            case WORD -> REFUSED_FUNCTIONS.contains(token.text());
            case NAME ->
                token.text().indexOf('\\') >= 0 || REFUSED_FUNCTIONS.stream().anyMatch(token.text()::equalsIgnoreCase);
            case STRING, SIGN -> false;
        };
    }

    /** Returns the kind of object that a CREATE, ALTER or DROP names; null for other statements. */
    private static @Nullable String createdObject(List<Token> tokens) {
        String first = first(tokens);
        if (!first.equals("CREATE") && !first.equals("ALTER") && !first.equals("DROP")) {
            return null;
        }
        int at = word(tokens, 1, "OR") ? 3 : 1;
        while (word(tokens, at, "FORCE") && !first.equals("DROP")) {
            at++; // FORCE VIEW is a view; FORCE TRIGGER and FORCE ALIAS are what follows
        }
        if ((word(tokens, at, "LOCAL") || word(tokens, at, "GLOBAL")) && word(tokens, at + 2, "LINKED")) {
            return "LINKED";
        }
        if ((word(tokens, at, "TEMP") || word(tokens, at, "TEMPORARY")) && word(tokens, at + 1, "LINKED")) {
            return "LINKED";
        }
        return at < tokens.size() && tokens.get(at).kind() == Kind.WORD
                ? tokens.get(at).text()
                : null;
    }

    private static SqlStatementKind kind(List<Token> tokens) {
        String first = first(tokens);
        if (QUERIES.contains(first)) {
            return changesInside(tokens) ? SqlStatementKind.CHANGE : SqlStatementKind.QUERY;
        }
        if (CHANGES.contains(first)) {
            return SqlStatementKind.CHANGE;
        }
        return switch (first) {
            case "TRUNCATE" -> restartsIdentity(tokens) ? SqlStatementKind.DDL : SqlStatementKind.CHANGE;
            case "CREATE" -> isTemporary(tokens) ? SqlStatementKind.LOCAL_TEMP_DDL : SqlStatementKind.DDL;
            case "ALTER", "DROP", "COMMENT", "REFRESH" -> SqlStatementKind.DDL;
            case "BEGIN", "START", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "CHECKPOINT" ->
                SqlStatementKind.TRANSACTION;
            // It holds for a whole catalog, so the session must have one of its own.
            case "SET" -> word(tokens, 1, "REFERENTIAL_INTEGRITY") ? SqlStatementKind.DDL : SqlStatementKind.SET;
            case "USE", "AUTOCOMMIT" -> SqlStatementKind.SET;
            default -> SqlStatementKind.OTHER;
        };
    }

    /** A query over {@code FINAL TABLE (INSERT ...)} and its like, or a WITH in front of a change. */
    private static boolean changesInside(List<Token> tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.kind() == Kind.WORD && CHANGES.contains(token.text()) && startsStatement(tokens, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsStatement(List<Token> tokens, int at) {
        if (at == 0 || at + 1 >= tokens.size() || tokens.get(at + 1).isSign('(')) {
            return false;
        }
        Token before = tokens.get(at - 1);
        return before.isSign(')') || (before.isSign('(') && at >= 2 && word(tokens, at - 2, "TABLE"));
    }

    private static boolean restartsIdentity(List<Token> tokens) {
        return tokens.stream().anyMatch(token -> token.isWord("RESTART"));
    }

    private static boolean isTemporary(List<Token> tokens) {
        for (int i = 1; i < Math.min(4, tokens.size()); i++) {
            if (word(tokens, i, "TEMPORARY") || word(tokens, i, "TEMP")) {
                return true;
            }
        }
        return false;
    }

    private static boolean word(List<Token> tokens, int at, String word) {
        return at < tokens.size() && tokens.get(at).isWord(word);
    }

    /** Returns the first word, past opening parentheses and JDBC's braces; empty where there is none. */
    private static String first(List<Token> tokens) {
        for (Token token : tokens) {
            if (token.kind() == Kind.WORD) {
                return token.text();
            }
        }
        return "";
    }
}
