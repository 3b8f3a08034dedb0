package dev.argondb.orm.parity;

import dev.argondb.Argon;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the commands of a script on main, and its queries afterwards, each at the LSN where it stands in the script. */
final class PastReplay {

    private final MemDatabase database;
    private final Map<Step, Answer> answers = new LinkedHashMap<>();
    private final Map<String, List<Step>> queriesByRef = new LinkedHashMap<>();

    PastReplay(MemDatabase database) {
        this.database = database;
    }

    List<Answer> answers(Script script) throws SQLException {
        try (Client main = Client.connect(database.url(Argon.MAIN))) {
            runCommands(script, main);
            Tables.spoil(main.connection());
        }
        for (Map.Entry<String, List<Step>> moment : queriesByRef.entrySet()) {
            runQueries(moment.getKey(), moment.getValue());
        }
        return new ArrayList<>(script.steps().stream().map(answers::get).toList());
    }

    private void runCommands(Script script, Client main) throws SQLException {
        for (Step step : script.steps()) {
            if (step instanceof Step.Command) {
                answers.put(step, main.answer(step));
            } else {
                queriesByRef
                        .computeIfAbsent(database.presentOfMain(), ref -> new ArrayList<>())
                        .add(step);
            }
        }
    }

    private void runQueries(String ref, List<Step> queries) throws SQLException {
        try (Client past = Client.connect(database.url(ref))) {
            for (Step query : queries) {
                answers.put(query, past.answer(query));
            }
        }
    }
}
