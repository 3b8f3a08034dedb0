package dev.argondb.examples;

import dev.argondb.Argon;
import dev.argondb.Lsn;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** The processes that the demo starts: one that looks, and one that sells until it is killed. */
final class SecondProcess {

    /** The argument of the process that looks. */
    static final String LOOK = "--look";

    /** The argument of the process that sells. */
    static final String SELL = "--sell";

    /** The branch that is sold on. */
    static final String TILL = "till";

    private static final LocalDateTime OPENING_TIME = LocalDateTime.of(2026, 6, 22, 9, 0);
    private static final String SOLD = "sold ";

    private SecondProcess() {}

    /** The sales that a process acknowledged before it was killed, and the commit of the last one. */
    record Sales(int count, Lsn last) {}

    /** Starts a process that compares the database with what is expected, shows it, and returns its exit status. */
    static int startLook(Path directory, List<Expectation> expectations) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(LOOK));
        expectations.forEach(expectation -> arguments.add(expectation.toString()));
        return java(directory, arguments)
                .redirectOutput(Redirect.INHERIT)
                .start()
                .waitFor();
    }

    /** Is the process that looks. */
    static void look(Console console, Path directory, List<String> expectations) {
        try (MusicStore store = MusicStore.open(directory)) {
            console.say(
                    "Process %d opened the database in %s, and Hibernate in %s.",
                    ProcessHandle.current().pid(), Console.took(store.opening()), Console.took(store.binding()));
            List<Expectation> expected =
                    expectations.stream().map(Expectation::parse).toList();
            List<Expectation> found = expected.stream()
                    .map(expectation -> Expectation.of(store, expectation.ref()))
                    .toList();
            console.table(
                    List.of("ref", "LSN ", "value "),
                    found.stream()
                            .map(one -> List.of(one.ref(), "" + one.lsn(), "" + one.value()))
                            .toList());
            console.claimEqual(expected, found, "all of it is as it was");
        }
    }

    /** Starts a process that sells, kills it once it has acknowledged so many sales, and returns those it had. */
    static Sales startSelling(Path directory, int enough) throws IOException, InterruptedException {
        Process process = java(directory, List.of(SELL)).start();
        int count = 0;
        Lsn last = null;
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null && line.startsWith(SOLD); line = output.readLine()) {
                last = Lsn.of(Long.parseLong(line.substring(SOLD.length())));
                if (++count == enough) {
                    process.toHandle().destroyForcibly(); // leaves its output to be read to the end
                }
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        if (last == null || count < enough) {
            throw new IllegalStateException("the selling process ended after " + count + " sales");
        }
        return new Sales(count, last);
    }

    /** Is the process that sells: acknowledges each sale with the LSN of its commit, until it is killed. */
    static void sell(Console console, Path directory) {
        MusicStore store = MusicStore.open(directory);
        store.argon().createBranch(TILL, Argon.MAIN);
        for (int sale = 0; true; sale++) {
            int number = sale;
            store.sessions()
                    .branch(TILL)
                    .as("till")
                    .saying("Sale " + number)
                    .inTransaction(session ->
                            SummerSale.sell(session, 1 + number % 59, OPENING_TIME.plusSeconds(number), 1 + number, 3));
            console.acknowledge(SOLD + store.head(TILL));
        }
    }

    /** Returns how many sales there are on the branch that was sold on. */
    static long salesFound(MusicStore store) {
        return count(store, "select count(i) from Invoice i where i.invoiceDate >= :opening");
    }

    /** Returns how many of them have a total that is not the sum of their lines. */
    static long halfSales(MusicStore store) {
        return count(
                store,
                "select count(i) from Invoice i where i.invoiceDate >= :opening and i.total <>"
                        + " (select coalesce(sum(l.unitPrice * l.quantity), 0) from InvoiceLine l where l.invoice = i)");
    }

    private static long count(MusicStore store, String jpql) {
        return store.sessions().fromTransaction(TILL, session -> session.createSelectionQuery(jpql, Long.class)
                .setParameter("opening", OPENING_TIME)
                .getSingleResult());
    }

    private static ProcessBuilder java(Path directory, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dargon.demo.directory=" + directory,
                "-cp",
                System.getProperty("java.class.path")));
        String logging = System.getProperty("java.util.logging.config.file");
        if (logging != null) {
            command.add("-Djava.util.logging.config.file=" + logging);
        }
        command.add(ChinookDemo.class.getName());
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectError(Redirect.INHERIT);
    }
}
