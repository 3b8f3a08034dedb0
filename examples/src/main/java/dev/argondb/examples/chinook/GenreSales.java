package dev.argondb.examples.chinook;

import java.math.BigDecimal;
import java.util.List;
import org.hibernate.Session;

/**
 * One line of the report: what has been sold of a genre, and what that would bring at the prices of the day.
 *
 * <p>Immutable.
 *
 * @param genre its name
 * @param tracks how many different tracks of it were sold
 * @param sold how many copies were sold
 * @param value the copies sold times what each track costs now
 */
public record GenreSales(String genre, long tracks, long sold, BigDecimal value) {

    /** The query, for people to read. */
    public static final String JPQL =
            """
            select g.name, count(distinct t.id), sum(l.quantity), sum(l.quantity * t.unitPrice)
            from InvoiceLine l join l.track t join t.genre g
            group by g.name
            order by sum(l.quantity) desc, g.name
            """;

    /** Returns the report of what a session sees, best-selling genre first. */
    public static List<GenreSales> report(Session session) {
        return session.createSelectionQuery(JPQL, GenreSales.class).getResultList();
    }

    /** Returns the sum of the values. */
    public static BigDecimal total(List<GenreSales> report) {
        return report.stream().map(GenreSales::value).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
