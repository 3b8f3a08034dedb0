package dev.argondb.examples.chinook;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import org.hibernate.Session;

/**
 * Copies the published data set into a database through the entities, one transaction per kind of entity.
 *
 * <p>Ids come from sequences. The data set numbers its rows from 1 without a gap and they are stored in that order, so
 * they keep the ids they had; a row that would not is an {@link IllegalStateException}. Confined to one thread.
 */
public final class ChinookImport {

    /** How many rows all tables of the data set have together. */
    public static final int ROWS = 15_607;

    private static final int ROWS_PER_FLUSH = 250;

    private final ChinookSource source;
    private final Transactions transactions;
    private final Progress progress;

    /** Makes an import that has not begun. */
    public ChinookImport(ChinookSource source, Transactions transactions, Progress progress) {
        this.source = source;
        this.transactions = transactions;
        this.progress = progress;
    }

    /** Runs work in a session and transaction of its own, saying what it is about. */
    @FunctionalInterface
    public interface Transactions {
        void run(String message, Consumer<Session> work);
    }

    /** Is told of rows written since it was told last. */
    @FunctionalInterface
    public interface Progress {
        void wrote(String what, int rows);
    }

    /** Copies all tables into a database that has them empty. */
    public void run() {
        copy("employees", "Employee", this::storeEmployee);
        copy("customers", "Customer", this::storeCustomer);
        copy("artists", "Artist", (session, row) -> {
            Artist artist = new Artist(row.getString("Name"));
            session.persist(artist);
            return artist.getId();
        });
        copy("genres", "Genre", (session, row) -> {
            Genre genre = new Genre(row.getString("Name"));
            session.persist(genre);
            return genre.getId();
        });
        copy("media types", "MediaType", (session, row) -> {
            MediaType mediaType = new MediaType(row.getString("Name"));
            session.persist(mediaType);
            return mediaType.getId();
        });
        copy("albums", "Album", this::storeAlbum);
        copy("tracks", "Track", this::storeTrack);
        copy("playlists", "Playlist", this::storePlaylist);
        copy("invoices", "Invoice", this::storeInvoice);
    }

    /** Stores one row and returns the id it got. */
    @FunctionalInterface
    private interface Store {
        int store(Session session, ResultSet row) throws SQLException;
    }

    private void copy(String what, String table, Store store) {
        String sql = "select * from \"" + table + "\" order by 1";
        Pending pending = new Pending(what);
        transactions.run("Import " + what, session -> {
            source.forEachRow(sql, row -> {
                checkId(what, row.getInt(1), store.store(session, row));
                pending.add(session, 1);
            });
            pending.flush(session);
        });
    }

    /** The rows written but not yet told of. */
    private final class Pending {
        private final String what;
        private int rows;

        Pending(String what) {
            this.what = what;
        }

        void add(Session session, int more) {
            rows += more;
            if (rows >= ROWS_PER_FLUSH) {
                flush(session);
            }
        }

        void flush(Session session) {
            session.flush();
            session.clear();
            progress.wrote(what, rows);
            rows = 0;
        }
    }

    private static void checkId(String what, int expected, int actual) {
        if (expected != actual) {
            throw new IllegalStateException("row `" + expected + "` of " + what + " got the id `" + actual
                    + "`; import into an empty database");
        }
    }

    private int storeEmployee(Session session, ResultSet row) throws SQLException {
        Employee employee = new Employee(
                row.getString("FirstName"),
                row.getString("LastName"),
                row.getString("Title"),
                row.getDate("BirthDate").toLocalDate(),
                row.getDate("HireDate").toLocalDate(),
                address(row, ""),
                contact(row));
        int manager = row.getInt("ReportsTo");
        if (manager != 0) {
            employee.setReportsTo(session.getReference(Employee.class, manager));
        }
        session.persist(employee);
        session.flush(); // before those who report to them
        return employee.getId();
    }

    private int storeCustomer(Session session, ResultSet row) throws SQLException {
        Customer customer =
                new Customer(row.getString("FirstName"), row.getString("LastName"), address(row, ""), contact(row));
        customer.setCompany(row.getString("Company"));
        customer.setSupportRep(session.getReference(Employee.class, row.getInt("SupportRepId")));
        session.persist(customer);
        return customer.getId();
    }

    private static Address address(ResultSet row, String prefix) throws SQLException {
        return new Address(
                row.getString(prefix + "Address"),
                row.getString(prefix + "City"),
                row.getString(prefix + "State"),
                row.getString(prefix + "Country"),
                row.getString(prefix + "PostalCode"));
    }

    private static Contact contact(ResultSet row) throws SQLException {
        return new Contact(row.getString("Phone"), row.getString("Fax"), row.getString("Email"));
    }

    private int storeAlbum(Session session, ResultSet row) throws SQLException {
        Album album = new Album(row.getString("Title"), session.getReference(Artist.class, row.getInt("ArtistId")));
        session.persist(album);
        return album.getId();
    }

    private int storeTrack(Session session, ResultSet row) throws SQLException {
        Track track = new Track(
                row.getString("Name"),
                session.getReference(Album.class, row.getInt("AlbumId")),
                session.getReference(MediaType.class, row.getInt("MediaTypeId")),
                session.getReference(Genre.class, row.getInt("GenreId")),
                row.getBigDecimal("UnitPrice"));
        track.setComposer(row.getString("Composer"));
        track.setFile(Duration.ofMillis(row.getInt("Milliseconds")), row.getInt("Bytes"));
        session.persist(track);
        return track.getId();
    }

    private int storePlaylist(Session session, ResultSet row) throws SQLException {
        Playlist playlist = new Playlist(row.getString("Name"));
        source.forEachRow(
                "select \"TrackId\" from \"PlaylistTrack\" where \"PlaylistId\" = " + row.getInt(1) + " order by 1",
                track -> playlist.getTracks().add(session.getReference(Track.class, track.getInt(1))));
        session.persist(playlist);
        session.flush();
        progress.wrote("playlist entries", playlist.getTracks().size());
        return playlist.getId();
    }

    private int storeInvoice(Session session, ResultSet row) throws SQLException {
        Invoice invoice = new Invoice(
                session.getReference(Customer.class, row.getInt("CustomerId")),
                row.getDate("InvoiceDate").toLocalDate().atStartOfDay(),
                address(row, "Billing"));
        source.forEachRow(
                "select * from \"InvoiceLine\" where \"InvoiceId\" = " + row.getInt(1) + " order by 1",
                line -> invoice.add(
                        session.getReference(Track.class, line.getInt("TrackId")),
                        line.getBigDecimal("UnitPrice"),
                        line.getInt("Quantity")));
        session.persist(invoice);
        checkTotal(row.getInt(1), row.getBigDecimal("Total"), invoice);
        progress.wrote("invoice lines", invoice.getLines().size());
        return invoice.getId();
    }

    private static void checkTotal(int id, BigDecimal expected, Invoice invoice) {
        if (expected.compareTo(invoice.getTotal()) != 0) {
            throw new IllegalStateException(
                    "invoice `" + id + "` says " + expected + ", but its lines add up to " + invoice.getTotal());
        }
    }
}
