package dev.argondb.orm.parity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the format of sqllogictest.
 *
 * <pre>
 * script    = { record | "#" comment | empty line }
 * record    = { condition } ( statement | query | "halt" | "hash-threshold" number )
 * condition = ( "skipif" | "onlyif" ) database
 * statement = "statement" ( "ok" | "error" ) sql-lines empty-line
 * query     = "query" types [ sort [ label ] ] sql-lines [ "----" result ] empty-line
 * types     = { "T" | "I" | "R" }
 * sort      = "nosort" | "rowsort" | "valuesort"
 * result    = { value-line } | number "values hashing to" md5
 * </pre>
 *
 * Each part of a record stands on lines of its own. The database that conditions speak of is {@value #DATABASE}. A hash
 * threshold says how a result was written down, not what it is, so it changes nothing here.
 */
final class ScriptParser {

    private static final String DATABASE = "h2";
    private static final Pattern HASHED = Pattern.compile("(\\d+) values hashing to ([0-9a-f]{32})");

    private final String name;
    private final String[] lines;
    private final List<Step> steps = new ArrayList<>();
    private int next;
    private boolean ours = true;

    ScriptParser(String name, String text) {
        this.name = name;
        this.lines = text.split("\\R", -1);
    }

    /**
     * Returns the script.
     *
     * @throws IllegalArgumentException if a line is not of the format; the message names it
     */
    Script parse() {
        while (next < lines.length) {
            String line = lines[next++].strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                parseRecord(line.split("\\s+"));
            }
        }
        return new Script(name, List.copyOf(steps));
    }

    private void parseRecord(String[] words) {
        switch (words[0]) {
            case "skipif" -> ours &= !DATABASE.equals(word(words, 1));
            case "onlyif" -> ours &= DATABASE.equals(word(words, 1));
            case "hash-threshold" -> endRecord();
            case "halt" -> halt();
            case "statement" -> add(command(words));
            case "query" -> add(query(words));
            default -> throw malformed("unknown record `" + words[0] + "`");
        }
    }

    private void halt() {
        if (ours) {
            next = lines.length;
        }
        endRecord();
    }

    private void add(Step step) {
        if (ours) {
            steps.add(step);
        }
        endRecord();
    }

    private void endRecord() {
        ours = true;
    }

    private Step command(String[] words) {
        int line = next;
        Step.Outcome outcome =
                switch (word(words, 1)) {
                    case "ok" -> Step.Outcome.OK;
                    case "error" -> Step.Outcome.ERROR;
                    default -> throw malformed("`statement` wants `ok` or `error`, not `" + words[1] + "`");
                };
        return new Step.Command(line, sql(), outcome);
    }

    private Step query(String[] words) {
        int line = next;
        String types = word(words, 1);
        if (!types.matches("[TIR]+")) {
            throw malformed("column types `" + types + "` are not letters of `TIR`");
        }
        SortMode sort = words.length > 2 ? sortMode(words[2]) : SortMode.NOSORT;
        String label = words.length > 3 ? words[3] : "";
        return new Step.Query(line, sql(), types, sort, label, expected());
    }

    private SortMode sortMode(String word) {
        if (!List.of("nosort", "rowsort", "valuesort").contains(word.toLowerCase(Locale.ROOT))) {
            throw malformed("unknown sort mode `" + word + "`");
        }
        return SortMode.named(word);
    }

    /** Reads up to an empty line, or to the line that a result follows. */
    private String sql() {
        int first = next;
        while (!atEndOfRecord() && !atResult()) {
            next++;
        }
        if (first == next) {
            throw malformed("a record without SQL");
        }
        return String.join("\n", List.of(lines).subList(first, next));
    }

    private Optional<Expected> expected() {
        if (atEndOfRecord()) {
            return Optional.empty();
        }
        int first = ++next;
        while (!atEndOfRecord()) {
            next++;
        }
        return Optional.of(expected(List.of(lines).subList(first, next)));
    }

    private static Expected expected(List<String> result) {
        Matcher hashed = HASHED.matcher(result.isEmpty() ? "" : result.get(0));
        return result.size() == 1 && hashed.matches()
                ? new Expected(Integer.parseInt(hashed.group(1)), hashed.group(2))
                : Expected.of(result);
    }

    private boolean atEndOfRecord() {
        return next == lines.length || lines[next].isBlank();
    }

    private boolean atResult() {
        return lines[next].equals("----");
    }

    private String word(String[] words, int index) {
        if (index >= words.length) {
            throw malformed("`" + words[0] + "` wants another word");
        }
        return words[index];
    }

    private IllegalArgumentException malformed(String what) {
        return new IllegalArgumentException(name + ":" + next + ": " + what);
    }
}
