package dev.argondb.benchmarks;

import dev.argondb.benchmarks.JpaWorkload.Contestant;
import dev.argondb.benchmarks.shop.Shop.Part;
import java.util.List;

/**
 * Goal 4 again, on data that was loaded from pages: the program of {@link JpaWorkload} on a file database of Argon beside plain
 * H2 in memory.
 *
 * <pre>benchmarks/run jpa-on-pages [--quick]</pre>
 *
 * <p>After the part that inserts, which counts for nothing here, Argon's database is closed and opened again, and both sides
 * read all rows once: so nothing that Argon reads from then on is a leftover of the inserts, and the pages are warm. Argon's
 * commits are written to the log with {@code sync=relaxed}, while its peer writes nothing to disk at all.
 */
final class JpaOnPages {

    private JpaOnPages() {}

    public static void main(String[] arguments) {
        System.out.print(run(Scale.of(arguments)));
    }

    static Report run(Scale scale) {
        try (Scratch scratch = new Scratch()) {
            Contestant argon = Contestant.argon("jdbc:argon:file:" + scratch.path("%s") + ";sync=relaxed");
            Part[] judged = List.of(Part.values()).stream()
                    .filter(part -> part != Part.INSERT)
                    .toArray(Part[]::new);
            return new JpaWorkload(scale, List.of(JpaWorkload.IN_MEMORY_H2, argon))
                    .compare(new Report("jpa-on-pages"), judged);
        }
    }
}
