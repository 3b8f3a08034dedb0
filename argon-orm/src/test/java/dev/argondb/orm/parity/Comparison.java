package dev.argondb.orm.parity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The answers of two databases to one script, and the script's own expectations.
 *
 * @param script what was run
 * @param reference the answers of stock H2
 * @param answers the answers of the database that is looked at, which may be stock H2 as well
 */
record Comparison(Script script, List<Answer> reference, List<Answer> answers) {

    Comparison {
        int steps = script.steps().size();
        if (reference.size() != steps || answers.size() != steps) {
            throw new IllegalArgumentException("%s has %d steps, with %d and %d answers"
                    .formatted(script.name(), steps, reference.size(), answers.size()));
        }
    }

    /** Returns where the two databases differ: file and line, the SQL, both answers. */
    List<String> differences() {
        return IntStream.range(0, answers.size())
                .filter(i -> !reference.get(i).agreesWith(answers.get(i)))
                .mapToObj(i -> report(script.steps().get(i), "stock H2: " + reference.get(i), answers.get(i)))
                .toList();
    }

    /** Returns where the database differs from the script, in the same form. */
    List<String> surprises() {
        List<String> surprises = new ArrayList<>();
        Map<String, Expected> byLabel = new HashMap<>();
        for (int i = 0; i < answers.size(); i++) {
            Step step = script.steps().get(i);
            String expectation = brokenExpectation(step, answers.get(i), byLabel);
            if (!expectation.isEmpty()) {
                surprises.add(report(step, "script: " + expectation, answers.get(i)));
            }
        }
        return surprises;
    }

    /** Returns what the script says of a step that did not hold; empty if all of it did. */
    private static String brokenExpectation(Step step, Answer answer, Map<String, Expected> byLabel) {
        if (step instanceof Step.Query query) {
            return answer instanceof Answer.Rows rows ? brokenExpectation(query, rows, byLabel) : "rows";
        }
        Step.Outcome outcome = ((Step.Command) step).outcome();
        return (outcome == Step.Outcome.OK) == (answer instanceof Answer.Done) ? "" : outcome.toString();
    }

    private static String brokenExpectation(Step.Query query, Answer.Rows rows, Map<String, Expected> byLabel) {
        if (query.types().length() != rows.columns().size()) {
            return query.types().length() + " columns";
        }
        if (query.expected().isPresent() && !query.expected().get().equals(rows.values())) {
            return query.expected().get().toString();
        }
        if (query.label().isEmpty()) {
            return "";
        }
        Expected first = byLabel.computeIfAbsent(query.label(), label -> rows.values());
        return first.equals(rows.values()) ? "" : "as the first query labelled `" + query.label() + "`: " + first;
    }

    private String report(Step step, String wanted, Answer given) {
        return "%s:%d%n  %s%n  %s%n  given: %s"
                .formatted(script.name(), step.line(), step.sql().replace("\n", "\n  "), wanted, given);
    }

    /** Returns one line of counts. */
    String summary(String where) {
        long queries =
                script.steps().stream().filter(Step.Query.class::isInstance).count();
        return "sql-parity %s %s: %d records, %d queries compared, %d differ from stock H2, %d differ from the file"
                .formatted(
                        script.name(),
                        where,
                        script.steps().size(),
                        queries,
                        differences().size(),
                        surprises().size());
    }
}
