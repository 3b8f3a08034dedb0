package dev.argondb.engine.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.Ref;
import dev.argondb.engine.ArgonDatabase;
import dev.argondb.engine.model.Shop;
import dev.argondb.engine.state.CollectionState;
import dev.argondb.engine.state.DatabaseState;
import dev.argondb.engine.state.Record;
import dev.argondb.engine.tree.KeyRange;
import dev.argondb.engine.tree.TreeCursor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a writing process with SIGKILL at random moments and compares what is found with what it acknowledged.
 *
 * <p>{@code -Dargon.kills=N} sets how often, {@value #KILLS} times if not said.
 */
class KilledProcessTest {

    private static final int KILLS = 200;
    private static final int KILLS_PER_DIRECTORY = 20;

    @TempDir
    private Path directory;

    @Test
    void writer_killedAtRandomMoments_losesNothingAcknowledged() throws Exception {
        int kills = Integer.getInteger("argon.kills", KILLS);
        long seed = 20261123;
        Random random = new Random(seed);
        long acknowledged = 0;
        for (int kill = 0; kill < kills; ) {
            Run run = new Run(directory.resolve("d" + kill));
            for (int i = 0; i < KILLS_PER_DIRECTORY && kill < kills; i++, kill++) {
                run.killOnce(20 + random.nextInt(130), "seed " + seed + ", kill " + kill);
            }
            acknowledged += run.count();
        }
        System.out.println("crash: " + kills + " kills, " + acknowledged + " acknowledged commits, none lost");
        assertThat(acknowledged).as("commits acknowledged").isGreaterThan(kills);
    }

    /** One directory, written by one process after another. */
    private static final class Run {
        private final Path directory;
        private final Map<String, Set<Long>> acknowledged = new HashMap<>();
        private long firstId;

        Run(Path directory) {
            this.directory = directory;
        }

        long count() {
            return acknowledged.values().stream().mapToLong(Set::size).sum();
        }

        void killOnce(int afterMillis, String where) throws IOException, InterruptedException {
            Path output = directory.resolveSibling(directory.getFileName() + "-" + firstId + ".out");
            Process process = start(output);
            while (Files.size(output) == 0) {
                assertThat(process.isAlive()).as(where).isTrue();
                Thread.sleep(2);
            }
            Thread.sleep(afterMillis);
            process.destroyForcibly();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            Files.readAllLines(output, StandardCharsets.UTF_8).forEach(this::acknowledge);
            verify(where);
            firstId += 100_000;
        }

        private Process start(Path output) throws IOException {
            return new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-Xmx128m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            CrashWriter.class.getName(),
                            directory.toString(),
                            Long.toString(firstId))
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        }

        /** The last line may be cut short by the kill: it counts only if it is whole. */
        private void acknowledge(String line) {
            String[] words = line.split(" ");
            if (words.length == 2 && Long.parseLong(words[1]) >= firstId) {
                acknowledged.computeIfAbsent(words[0], name -> new HashSet<>()).add(Long.parseLong(words[1]));
            }
        }

        private void verify(String where) throws IOException {
            try (ArgonDatabase database = CrashWriter.open(directory)) {
                for (String branch : CrashWriter.BRANCHES) {
                    Map<Long, Integer> found = transactions(database.state(Ref.parse(branch)));
                    assertThat(found.values())
                            .as("%s: %s holds whole transactions only", where, branch)
                            .allMatch(rows -> rows == CrashWriter.ROWS);
                    assertThat(found.keySet())
                            .as("%s: %s holds all that was acknowledged", where, branch)
                            .containsAll(acknowledged.getOrDefault(branch, Set.of()));
                }
            }
        }

        /** Returns how many rows each transaction has. */
        private static Map<Long, Integer> transactions(DatabaseState state) {
            Map<Long, Integer> rows = new HashMap<>();
            CollectionState makers = state.collection(Shop.MAKERS);
            if (makers != null) {
                TreeCursor<Record> cursor = makers.records(KeyRange.ALL, false);
                while (cursor.next()) {
                    rows.merge(cursor.longKey() / CrashWriter.ROWS, 1, Integer::sum);
                }
            }
            return rows;
        }
    }
}
