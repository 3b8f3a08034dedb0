package dev.argondb.examples;

import static dev.argondb.examples.Console.took;

import dev.argondb.Argon;
import dev.argondb.ArgonException;
import dev.argondb.Branch;
import dev.argondb.Commit;
import dev.argondb.Lsn;
import dev.argondb.Operation;
import dev.argondb.Ref;
import dev.argondb.WalEntry;
import dev.argondb.examples.chinook.ChinookImport;
import dev.argondb.examples.chinook.ChinookSource;
import dev.argondb.examples.chinook.GenreSales;
import dev.argondb.examples.chinook.Playlist;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.hibernate.Session;

/**
 * Shows what version control for a database is like, on a music store with real data: a sale is prepared on a branch,
 * goes wrong, is rolled back, and survives a restart and a kill.
 *
 * <pre>./demo</pre>
 *
 * <p>Everything it says is computed from what it finds, and the sums are checked against the published data set; it ends
 * with a status other than 0 if one of them is wrong.
 */
public final class ChinookDemo {

    private static final String MAIN = Argon.MAIN;
    private static final String SALE = "summer-sale";
    private static final int GENRES_SHOWN = 6;
    private static final int MORE_BRANCHES = 300;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
    private static final LocalDateTime TODAY = LocalDateTime.of(2026, 6, 21, 12, 0);

    private final Console console;
    private final Path directory;
    private final ChinookSource source;

    private ChinookDemo(Console console, Path directory, ChinookSource source) {
        this.console = console;
        this.directory = directory;
        this.source = source;
    }

    /** Runs the demo, or one of the two processes that it starts. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Path.of(System.getProperty("argon.demo.directory", "target/chinook"));
        List<String> words = List.of(arguments);
        Console console = Console.standard();
        if (words.isEmpty()) {
            play(console, directory);
        } else if (words.get(0).equals(SecondProcess.LOOK)) {
            SecondProcess.look(console, directory, words.subList(1, words.size()));
        } else if (words.get(0).equals(SecondProcess.SELL)) {
            SecondProcess.sell(console, directory);
        } else {
            throw new IllegalArgumentException("argument `" + words.get(0) + "`: the demo takes none");
        }
        System.exit(console.isAllRight() ? 0 : 1);
    }

    /** Plays the whole demo on a directory, which is emptied first. */
    static void play(Console console, Path directory) throws IOException, InterruptedException {
        MusicStore.delete(directory);
        try (ChinookSource source = ChinookSource.open()) {
            new ChinookDemo(console, directory, source).play();
        }
    }

    private void play() throws IOException, InterruptedException {
        console.title("Argon: version control for the data under JPA");
        console.say("A music store prepares a summer sale. Its data: the Chinook data set, eleven tables.");
        List<Expectation> expectations;
        try (MusicStore store = MusicStore.open(directory)) {
            importInto(store);
            Lsn fork = branch(store);
            workOn(store);
            compare(store, fork);
            Lsn good = store.head(SALE);
            BigDecimal goodValue = store.value(SALE);
            breakSale(store, good);
            findCulprit(store);
            rollBack(store, good, goodValue);
            expectations = List.of(
                    Expectation.of(store, MAIN), Expectation.of(store, MAIN + "@" + fork), Expectation.of(store, SALE));
        }
        restart(expectations);
        kill();
        end();
    }

    private void importInto(MusicStore store) {
        console.step("Import into `main`, through JPA entities");
        int[] done = {0};
        Duration time = timed(() -> new ChinookImport(
                        source, (message, work) -> commit(store, MAIN, "importer", message, work), (what, rows) -> {
                            done[0] += rows;
                            console.progress(what, done[0], ChinookImport.ROWS);
                        })
                .run());
        console.say(
                "%,d rows in %s; `main` is at LSN %s. On disk, history included: %,d KB.",
                done[0], took(time), store.head(MAIN), MusicStore.sizeOf(directory) / 1024);
        console.claimEqual(ChinookImport.ROWS, done[0], "every row of the data set was written");
        BigDecimal paid = source.number("select sum(\"Total\") from \"Invoice\"");
        console.claimEqual(paid, store.value(MAIN), "all sales add up to %s, in the data set and on `main`", paid);
    }

    private Lsn branch(MusicStore store) {
        console.step("Branch");
        Branch[] made = new Branch[1];
        Duration time = timed(() -> made[0] = store.argon().createBranch(SALE, MAIN));
        Lsn fork = made[0].baseLsn().orElseThrow();
        console.say(
                "`%s` starts at `main@%s`. It took %s: one record in the log, no row copied.", SALE, fork, took(time));
        console.say(
                "%d more take %s each, safe on disk before the call returns; in a `mem:` database %s.",
                MORE_BRANCHES, took(moreBranches(store.argon())), took(branchesInMemory()));
        console.claimEqual(
                2, store.argon().branches().size(), "they are deleted again: `main` and `%s` are left", SALE);
        return fork;
    }

    /** Makes many branches, deletes them, and returns the median time to make one. */
    private static Duration moreBranches(Argon argon) {
        List<Duration> times = new ArrayList<>();
        for (int i = 0; i < MORE_BRANCHES; i++) {
            String name = "what-if-" + i;
            times.add(timed(() -> argon.createBranch(name, MAIN)));
        }
        for (int i = 0; i < MORE_BRANCHES; i++) {
            argon.deleteBranch("what-if-" + i);
        }
        return times.stream().sorted().toList().get(MORE_BRANCHES / 2);
    }

    private static Duration branchesInMemory() {
        String location = "mem:what-if";
        try (Argon argon = Argon.open(location)) {
            return moreBranches(argon);
        } finally {
            Argon.discard(location);
        }
    }

    private void workOn(MusicStore store) {
        console.step("Four people work, three on the branch and one on `main`");
        List<List<String>> rows = new ArrayList<>();
        rows.add(work(store, SALE, "Jane Peacock", "Half price for everything loud", SummerSale::halveLoudGenres));
        rows.add(work(store, SALE, "Nancy Edwards", "A playlist for the sale", SummerSale::makePlaylist));
        rows.add(work(store, SALE, "Steve Johnson", "Cheaper episodes (bulk JPQL)", SummerSale::discountEpisodes));
        rows.add(work(
                store,
                MAIN,
                "Margaret Park",
                "Sold two tracks to a customer",
                session -> SummerSale.sell(session, 1, TODAY, 1, 2)));
        console.table(List.of("branch", "who", "what", "entries ", "LSN ", "took "), rows);
    }

    private List<String> work(MusicStore store, String branch, String who, String what, Consumer<Session> work) {
        Duration time = timed(() -> commit(store, branch, who, what, work));
        return List.of(
                branch, who, what, "%,d".formatted(store.entryCount(branch)), "" + store.head(branch), took(time));
    }

    private void compare(MusicStore store, Lsn fork) {
        console.step("One JPQL report, three versions of the data");
        console.say("%s", GenreSales.JPQL.strip());
        String past = MAIN + "@" + fork;
        List<GenreSales> before = store.report(past);
        List<GenreSales> main = store.report(MAIN);
        List<GenreSales> sale = store.report(SALE);
        printReports(List.of(past, MAIN, SALE), List.of(before, main, sale));
        BigDecimal paid = source.number("select sum(\"Total\") from \"Invoice\"");
        console.claimEqual(paid, GenreSales.total(before), "`%s` is what it was, before Margaret's sale", past);
        BigDecimal two = source.number("select sum(\"UnitPrice\") from \"Track\" where \"TrackId\" in (1, 2)");
        console.claimEqual(
                paid.add(two), GenreSales.total(main), "`main` has Margaret's sale, %s, and full prices", two);
        console.claimEqual(
                source.number(SummerSale.CONTROL_SQL),
                GenreSales.total(sale),
                "`%s` has sale prices and no new sale, as computed from the data set",
                SALE);
        console.claimEqual(List.of(18L, 15L), playlists(store), "playlists: 18 on `main`, 15 on `%s`", SALE);
    }

    private static List<Long> playlists(MusicStore store) {
        return List.of(MAIN, SALE).stream()
                .map(ref -> store.sessions().fromTransaction(ref, session -> session.createSelectionQuery(
                                "select count(p) from Playlist p", Long.class)
                        .getSingleResult()))
                .toList();
    }

    private void printReports(List<String> refs, List<List<GenreSales>> reports) {
        List<String> header = new ArrayList<>(List.of("genre", "sold "));
        refs.forEach(ref -> header.add(ref + " "));
        List<List<String>> rows = new ArrayList<>();
        List<GenreSales> first = reports.get(0);
        for (int line = 0; line < GENRES_SHOWN; line++) {
            GenreSales sales = first.get(line);
            rows.add(row(
                    sales.genre(), sales.sold(), reports, other -> other.genre().equals(sales.genre())));
        }
        List<String> shown =
                first.subList(0, GENRES_SHOWN).stream().map(GenreSales::genre).toList();
        long others =
                first.stream().skip(GENRES_SHOWN).mapToLong(GenreSales::sold).sum();
        rows.add(row(
                (first.size() - GENRES_SHOWN) + " others", others, reports, sales -> !shown.contains(sales.genre())));
        rows.add(row("all", first.stream().mapToLong(GenreSales::sold).sum(), reports, sales -> true));
        console.table(header, rows);
    }

    private static List<String> row(
            String label, long sold, List<List<GenreSales>> reports, Predicate<GenreSales> chosen) {
        List<String> cells = new ArrayList<>(List.of(label, "" + sold));
        reports.forEach(report ->
                cells.add("" + GenreSales.total(report.stream().filter(chosen).toList())));
        return cells;
    }

    private void breakSale(MusicStore store, Lsn good) {
        console.step("A mistake");
        List<String> bad = work(store, SALE, "Robert King", "Tidy up prices", SummerSale::makeAllFree);
        console.say(
                "Robert's UPDATE lost its WHERE: %s tracks are free on `%s`, in one commit at LSN %s.",
                bad.get(3), SALE, bad.get(4));
        printReports(
                List.of(MAIN, SALE + "@" + good, SALE),
                List.of(store.report(MAIN), store.report(SALE + "@" + good), store.report(SALE)));
        console.claimEqual(0, store.value(SALE).signum(), "`%s` is worth nothing", SALE);
        console.claim(store.value(SALE + "@" + good).signum() > 0, "`%s@%s`, a moment ago, is what it was", SALE, good);
    }

    private void findCulprit(MusicStore store) {
        console.step("Who changed what");
        console.say("The newest commits on `%s`:", SALE);
        List<Commit> commits = store.argon().commits(Ref.parse(SALE), 5);
        console.table(
                List.of("LSN ", "time (UTC)", "who", "what", "entries "),
                commits.stream()
                        .map(commit -> List.of(
                                "" + commit.lsn(),
                                TIME.format(commit.time()),
                                commit.author(),
                                commit.message(),
                                "%,d".formatted(store.entryCount(SALE + "@" + commit.lsn()))))
                        .toList());
        console.say("What they did to track 3, from the log:");
        List<List<String>> changes = new ArrayList<>();
        for (Commit commit : commits) {
            priceChange(store, commit, 3)
                    .ifPresent(entry -> changes.add(List.of(
                            "" + entry.lsn(),
                            commit.author(),
                            "" + entry.operation(),
                            "" + entry.before().get("unit_price"),
                            "" + entry.after().get("unit_price"),
                            entry.entityName().orElse("(none: bulk)"))));
        }
        console.table(List.of("LSN ", "who", "operation", "before ", "after ", "entity"), changes);
        console.claimEqual("Robert King", commits.get(0).author(), "the newest commit is Robert's");
        console.claim(
                changes.stream()
                        .anyMatch(change ->
                                change.get(4).equals("0.00") && change.get(3).equals("0.49")),
                "the log knows that he made 0.00 of 0.49");
    }

    private static Optional<WalEntry> priceChange(MusicStore store, Commit commit, int track) {
        return store.argon().entries(Ref.parse(SALE + "@" + commit.lsn())).stream()
                .filter(entry -> entry.collection().equals("track") && entry.operation() == Operation.UPDATE)
                .filter(entry -> ((Number) entry.documentId()).intValue() == track)
                .findFirst();
    }

    private void rollBack(MusicStore store, Lsn good, BigDecimal goodValue) {
        console.step("Roll back");
        Lsn bad = store.head(SALE);
        Duration time = timed(() -> store.argon().resetBranch(SALE, good));
        console.say("`%s` goes back to LSN %s. It took %s.", SALE, good, took(time));
        console.claimEqual(good, store.head(SALE), "the head of `%s` is LSN %s again", SALE, good);
        console.claimEqual(goodValue, store.value(SALE), "sale prices are back: %s", goodValue);
        console.claim(playlist(store).getTracks().size() == 25, "and so is the playlist, with its 25 tracks");
        String dropped = SALE + "@" + bad;
        try {
            store.value(dropped);
            console.claim(false, "`%s` should be refused", dropped);
        } catch (ArgonException refused) {
            console.claim(true, "what was dropped stays dropped: %s", String.valueOf(refused.getMessage()));
        }
    }

    private static Playlist playlist(MusicStore store) {
        return store.sessions().fromTransaction(SALE, session -> session.createSelectionQuery(
                        "from Playlist p left join fetch p.tracks where p.name = :name", Playlist.class)
                .setParameter("name", SummerSale.PLAYLIST)
                .getSingleResult());
    }

    private void restart(List<Expectation> expectations) throws IOException, InterruptedException {
        console.step("Restart");
        console.say("This process has closed the database. A second one opens it and looks:");
        int status = SecondProcess.startLook(directory, expectations);
        console.claimEqual(0, status, "the second process found everything");
    }

    private void kill() throws IOException, InterruptedException {
        console.step("Kill");
        console.say("A third process sells, one small transaction after the other. It is killed without a warning:");
        SecondProcess.Sales sales = SecondProcess.startSelling(directory, 100);
        console.say(
                "killed (SIGKILL) after it had acknowledged %d sales, the last at LSN %s.",
                sales.count(), sales.last());
        try (MusicStore store = MusicStore.open(directory)) {
            console.say("The database opens again in %s.", took(store.opening()));
            long found = SecondProcess.salesFound(store);
            console.claim(
                    found == sales.count() || found == sales.count() + 1,
                    "found %d sales: all acknowledged ones, and at most the one it was about to acknowledge",
                    found);
            console.claimEqual(
                    0L, SecondProcess.halfSales(store), "every sale is whole: totals equal the sums of lines");
            console.claim(
                    store.argon()
                            .resolve(Ref.parse(SecondProcess.TILL + "@" + sales.last()))
                            .equals(Optional.of(sales.last())),
                    "the last acknowledged commit is there: `%s@%s`",
                    SecondProcess.TILL,
                    sales.last());
        }
    }

    private void end() {
        console.blank();
        console.say(
                "The database stays in %s: open it with `jdbc:argon:file:%s?branch=%s`.", directory, directory, SALE);
        console.blank();
        console.say(console.isAllRight() ? "All %d checks hold." : "Some of %d checks are WRONG.", console.claims());
    }

    private static void commit(MusicStore store, String branch, String who, String what, Consumer<Session> work) {
        store.sessions().branch(branch).as(who).saying(what).inTransaction(work);
    }

    private static Duration timed(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
