package dev.argondb.orm.parity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A script in the format of sqllogictest, without the records that are for other databases.
 *
 * <p>Immutable.
 *
 * @param name the name of its file
 * @param steps in the order of the file
 */
record Script(String name, List<Step> steps) {

    /** Reads a script from the class path. */
    static Script resource(String path) {
        try (InputStream in = Script.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no `" + path + "` on the class path");
            }
            String name = path.substring(path.lastIndexOf('/') + 1);
            return new ScriptParser(name, new String(in.readAllBytes(), UTF_8)).parse();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns how many steps come before the first query: those that load the data. */
    int loadingSteps() {
        int count = 0;
        while (count < steps.size() && steps.get(count) instanceof Step.Command) {
            count++;
        }
        return count;
    }
}
