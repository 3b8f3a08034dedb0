package dev.argondb.examples.chinook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.Argon;
import dev.argondb.Commit;
import dev.argondb.Ref;
import dev.argondb.orm.hibernate.BranchSessionFactory;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The published data set, imported once; what is expected is asked of the data set itself. */
class ChinookImportTest {

    private static final String LOCATION = "mem:chinook-import-test";

    private static ChinookSource source;
    private static Argon argon;
    private static BranchSessionFactory sessions;
    private static int written;

    @BeforeAll
    static void importOnce() {
        source = ChinookSource.open();
        argon = Argon.open(LOCATION);
        sessions = BranchSessionFactory.of(argon, Chinook.configuration());
        new ChinookImport(source, ChinookImportTest::inTransaction, (what, rows) -> written += rows).run();
    }

    @AfterAll
    static void close() {
        sessions.close();
        argon.close();
        Argon.discard(LOCATION);
        source.close();
    }

    private static void inTransaction(String message, Consumer<Session> work) {
        sessions.main().saying(message).inTransaction(work);
    }

    @Test
    void import_whole_writesEveryRowOfEveryTable() {
        assertThat(written).isEqualTo(ChinookImport.ROWS);
        List<BigDecimal> expected = Stream.of(
                        "Artist",
                        "Album",
                        "Genre",
                        "MediaType",
                        "Track",
                        "Playlist",
                        "Employee",
                        "Customer",
                        "Invoice",
                        "InvoiceLine")
                .map(table -> source.number("select count(*) from \"" + table + "\""))
                .toList();
        List<BigDecimal> found = Chinook.ENTITIES.stream()
                .map(entity -> BigDecimal.valueOf(number("select count(e) from " + entity.getSimpleName() + " e")))
                .toList();
        assertThat(found).isEqualTo(expected);
        assertThat(number("select count(t) from Playlist p join p.tracks t")).isEqualTo(8715);
    }

    @Test
    void import_whole_makesOneCommitPerKindOfEntity() {
        assertThat(argon.commits(Ref.parse("main"), 100))
                .extracting(Commit::message)
                .filteredOn(message -> message.startsWith("Import"))
                .containsExactly(
                        "Import invoices",
                        "Import playlists",
                        "Import tracks",
                        "Import albums",
                        "Import media types",
                        "Import genres",
                        "Import artists",
                        "Import customers",
                        "Import employees");
    }

    @Test
    void import_twice_isRefusedBecauseIdsWouldDiffer() {
        ChinookImport again = new ChinookImport(source, ChinookImportTest::inTransaction, (what, rows) -> {});

        assertThatThrownBy(again::run)
                .hasMessageMatching("row `1` of employees got the id `\\d+`; import into an empty database");
        assertThat(number("select count(e) from Employee e")).isEqualTo(8);
    }

    @Test
    void report_afterImport_addsUpToAllInvoices() {
        List<GenreSales> report = sessions.fromTransaction("main", GenreSales::report);

        assertThat(report).hasSize(24).first().isEqualTo(new GenreSales("Rock", 745, 835, new BigDecimal("826.65")));
        assertThat(GenreSales.total(report)).isEqualTo(source.number("select sum(\"Total\") from \"Invoice\""));
    }

    @Test
    void entities_ofEveryKind_keepTheirValuesAndAssociations() {
        sessions.inTransaction("main", session -> {
            Employee nancy = session.find(Employee.class, 2);
            assertThat(nancy.getFullName()).isEqualTo("Nancy Edwards");
            assertThat(nancy.getHireDate()).isEqualTo(LocalDate.of(2002, 5, 1));
            assertThat(nancy.getReportsTo()).isNotNull().returns("Andrew Adams", Employee::getFullName);
            assertThat(nancy.getReports()).extracting(Employee::getId).containsExactly(3, 4, 5);
            Invoice invoice = session.find(Invoice.class, 1);
            assertThat(invoice.getInvoiceDate()).isEqualTo(LocalDateTime.of(2009, 1, 1, 0, 0));
            assertThat(invoice.getBillingAddress())
                    .isEqualTo(new Address("Theodor-Heuss-Straße 34", "Stuttgart", null, "Germany", "70174"));
            assertThat(invoice.getCustomer().getContact().email()).isEqualTo("leonekohler@surfeu.de");
            assertThat(invoice.getLines())
                    .extracting(line -> line.getTrack().getAlbum().getArtist().getName())
                    .containsExactly("Accept", "Accept");
        });
    }

    private static long number(String jpql) {
        return sessions.fromTransaction("main", session -> session.createSelectionQuery(jpql, Long.class)
                .getSingleResult());
    }
}
