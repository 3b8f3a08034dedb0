package dev.argondb.examples;

import dev.argondb.examples.chinook.Customer;
import dev.argondb.examples.chinook.Invoice;
import dev.argondb.examples.chinook.Playlist;
import dev.argondb.examples.chinook.Track;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import org.hibernate.Session;

/** What the people of the music store do in the demo: ordinary JPA, without a word about branches. */
final class SummerSale {

    /** The name of the playlist that the sale is about. */
    static final String PLAYLIST = "Summer sale";

    /** What a track costs in the sale. */
    static final BigDecimal SALE_PRICE = new BigDecimal("0.49");

    /** What an episode costs in the sale. */
    static final BigDecimal EPISODE_PRICE = new BigDecimal("1.49");

    private static final List<String> GENRES = List.of("Rock", "Metal", "Heavy Metal", "Rock And Roll");

    /** What all copies ever sold bring at sale prices, in the published data set itself: the control sum. */
    static final String CONTROL_SQL =
            """
            select sum(l."Quantity" * case
                when g."Name" in ('Rock', 'Metal', 'Heavy Metal', 'Rock And Roll') then 0.49
                when t."UnitPrice" = 1.99 then 1.49
                else t."UnitPrice" end)
            from "InvoiceLine" l join "Track" t on t."TrackId" = l."TrackId" join "Genre" g on g."GenreId" = t."GenreId"
            """;

    private SummerSale() {}

    /** Half price for everything loud, entity by entity. */
    static void halveLoudGenres(Session session) {
        session.createSelectionQuery("from Track t where t.genre.name in :genres", Track.class)
                .setParameter("genres", GENRES)
                .getResultList()
                .forEach(track -> track.setUnitPrice(SALE_PRICE));
    }

    /** A playlist of the best-selling tracks on sale instead of the four playlists that nobody ever filled. */
    static void makePlaylist(Session session) {
        Playlist playlist = new Playlist(PLAYLIST);
        playlist.getTracks()
                .addAll(session.createSelectionQuery(
                                "select t from InvoiceLine l join l.track t where t.unitPrice = :price"
                                        + " group by t order by sum(l.quantity) desc, t.id",
                                Track.class)
                        .setParameter("price", SALE_PRICE)
                        .setMaxResults(25)
                        .getResultList());
        session.persist(playlist);
        session.createSelectionQuery("from Playlist p where p.tracks is empty", Playlist.class)
                .getResultList()
                .forEach(session::remove);
    }

    /** Cheaper episodes, by one bulk statement that no entity listener sees. */
    static void discountEpisodes(Session session) {
        session.createMutationQuery("update Track set unitPrice = :new where unitPrice = 1.99")
                .setParameter("new", EPISODE_PRICE)
                .executeUpdate();
    }

    /** A mistake: a bulk statement without its where clause. */
    static void makeAllFree(Session session) {
        session.createMutationQuery("update Track set unitPrice = 0").executeUpdate();
    }

    /** A customer buys some tracks, one after the other from a first one on. */
    static Invoice sell(Session session, int customerId, LocalDateTime when, int firstTrack, int tracks) {
        Customer customer = session.find(Customer.class, customerId);
        Invoice invoice = new Invoice(customer, when, customer.getAddress());
        for (int id = firstTrack; id < firstTrack + tracks; id++) {
            Track track = session.find(Track.class, id);
            invoice.add(track, track.getUnitPrice(), 1);
        }
        session.persist(invoice);
        return invoice;
    }
}
