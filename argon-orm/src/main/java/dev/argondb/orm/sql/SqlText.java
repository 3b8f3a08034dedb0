package dev.argondb.orm.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Splits SQL into tokens as H2 does: comments left out, strings and quoted names whole.
 *
 * <p>Confined.
 */
final class SqlText {

    /** What a token is. */
    enum Kind {
        /** An unquoted word, in upper case. */
        WORD,
        /** A quoted name, without its quotes. */
        NAME,
        /** A string, without its quotes. */
        STRING,
        /** Anything else: one sign, or a number. */
        SIGN
    }

    /** One token and where it begins. */
    record Token(Kind kind, String text, int start) {

        boolean isWord(String word) {
            return kind == Kind.WORD && text.equals(word);
        }

        boolean isSign(char sign) {
            return kind == Kind.SIGN && text.length() == 1 && text.charAt(0) == sign;
        }

        /** Returns whether it may name something, in upper case. */
        boolean isName(String upper) {
            return (kind == Kind.WORD || kind == Kind.NAME) && text.equalsIgnoreCase(upper);
        }
    }

    private final String sql;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private SqlText(String sql) {
        this.sql = sql;
    }

    /** Returns the tokens of a text. */
    static List<Token> tokens(String sql) {
        SqlText text = new SqlText(sql);
        while (text.at < sql.length()) {
            text.step();
        }
        return text.tokens;
    }

    private void step() {
        char c = sql.charAt(at);
        if (Character.isWhitespace(c)) {
            at++;
        } else if (sql.startsWith("--", at) || sql.startsWith("//", at)) {
            skipLine();
        } else if (sql.startsWith("/*", at)) {
            skipComment();
        } else if (c == '\'') {
            quoted('\'', Kind.STRING);
        } else if (c == '"' || c == '`') {
            quoted(c, Kind.NAME);
        } else if (sql.startsWith("$$", at)) {
            dollars();
        } else if (isUnicodePrefix()) {
            at += 2;
        } else if (Character.isJavaIdentifierStart(c)) {
            word();
        } else {
            sign();
        }
    }

    /** {@code U&'...'} and {@code U&"..."}: escapes stay as they are, which refuses more, never less. */
    private boolean isUnicodePrefix() {
        return sql.length() > at + 2
                && (sql.charAt(at) | 0x20) == 'u'
                && sql.charAt(at + 1) == '&'
                && (sql.charAt(at + 2) == '\'' || sql.charAt(at + 2) == '"');
    }

    private void skipLine() {
        while (at < sql.length() && sql.charAt(at) != '\n' && sql.charAt(at) != '\r') {
            at++;
        }
    }

    private void skipComment() {
        int depth = 0;
        do {
            if (sql.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < sql.length());
        at = Math.min(at, sql.length());
    }

    private void quoted(char quote, Kind kind) {
        int start = at;
        StringBuilder content = new StringBuilder();
        for (at++; at < sql.length(); at++) {
            char c = sql.charAt(at);
            if (c == quote) {
                if (at + 1 >= sql.length() || sql.charAt(at + 1) != quote) {
                    break;
                }
                at++;
            }
            content.append(c);
        }
        at = Math.min(at + 1, sql.length());
        tokens.add(new Token(kind, content.toString(), start));
    }

    private void dollars() {
        int start = at;
        int end = sql.indexOf("$$", at + 2);
        String content = end < 0 ? sql.substring(at + 2) : sql.substring(at + 2, end);
        at = end < 0 ? sql.length() : end + 2;
        tokens.add(new Token(Kind.STRING, content, start));
    }

    private void word() {
        int start = at;
        while (at < sql.length() && Character.isJavaIdentifierPart(sql.charAt(at))) {
            at++;
        }
        tokens.add(new Token(Kind.WORD, sql.substring(start, at).toUpperCase(Locale.ROOT), start));
    }

    private void sign() {
        int start = at;
        if (Character.isDigit(sql.charAt(at))) {
            while (at < sql.length() && (Character.isLetterOrDigit(sql.charAt(at)) || sql.charAt(at) == '.')) {
                at++;
            }
        } else {
            at++;
        }
        tokens.add(new Token(Kind.SIGN, sql.substring(start, at), start));
    }
}
