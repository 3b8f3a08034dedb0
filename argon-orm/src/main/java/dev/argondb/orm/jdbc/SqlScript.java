package dev.argondb.orm.jdbc;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads SQL text as far as statement borders and leading words need it: strings, quoted names, dollar-quoted strings and
 * comments are skipped as H2 skips them.
 *
 * <p>Confined.
 */
final class SqlScript {

    private final String text;
    private int at;

    private SqlScript(String text) {
        this.text = text;
    }

    /** Returns the statements of a text, without the semicolons between them; empty ones are left out. */
    static List<String> split(String text) {
        return text.indexOf(';') < 0 ? List.of(text) : new SqlScript(text).statements();
    }

    /** Returns the first words, names, numbers and other signs of a statement, comments left out. */
    static List<String> words(String statement, int limit) {
        return new SqlScript(statement).firstWords(limit);
    }

    private List<String> statements() {
        List<String> statements = new ArrayList<>();
        int start = 0;
        boolean hasContent = false;
        while (at < text.length()) {
            int from = at;
            if (text.charAt(at) == ';') {
                addUnlessEmpty(statements, start, at, hasContent);
                at++;
                start = at;
                hasContent = false;
            } else {
                hasContent |= !skipBlank() && skipToken();
                at = Math.max(at, from + 1);
            }
        }
        addUnlessEmpty(statements, start, text.length(), hasContent);
        return statements.isEmpty() ? List.of(text) : statements;
    }

    private void addUnlessEmpty(List<String> statements, int start, int end, boolean hasContent) {
        if (hasContent) {
            statements.add(text.substring(start, end));
        }
    }

    private List<String> firstWords(int limit) {
        List<String> words = new ArrayList<>();
        while (at < text.length() && words.size() < limit) {
            if (!skipBlank()) {
                int from = at;
                skipToken();
                words.add(text.substring(from, at));
            }
        }
        return words;
    }

    /** Skips white space or one comment; returns whether there was any. */
    private boolean skipBlank() {
        int from = at;
        if (Character.isWhitespace(text.charAt(at))) {
            at++;
        } else if (text.startsWith("--", at) || text.startsWith("//", at)) {
            at = endOfLine();
        } else if (text.startsWith("/*", at)) {
            skipBlockComment();
        }
        return at > from;
    }

    private int endOfLine() {
        int end = at;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    /** Block comments nest. */
    private void skipBlockComment() {
        int depth = 0;
        do {
            if (text.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (text.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < text.length());
        at = Math.min(at, text.length());
    }

    /** Skips one string, quoted name, word or other sign. */
    private boolean skipToken() {
        char c = text.charAt(at);
        if (c == '\'' || c == '"' || c == '`') {
            skipQuoted(c);
        } else if (text.startsWith("$$", at)) {
            int end = text.indexOf("$$", at + 2);
            at = end < 0 ? text.length() : end + 2;
        } else if (isWordPart(c)) {
            skipWord();
        } else {
            at++;
        }
        return true;
    }

    private void skipQuoted(char quote) {
        int end = text.indexOf(quote, at + 1);
        at = end < 0 ? text.length() : end + 1;
    }

    private void skipWord() {
        while (at < text.length() && isWordPart(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
