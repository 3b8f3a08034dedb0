package dev.argondb.examples.shop.versions;

import dev.argondb.Argon;
import dev.argondb.DocumentChange;
import dev.argondb.Lsn;
import dev.argondb.Ref;
import dev.argondb.WalEntry;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

/** Who changed what about a product, and when. */
@Service
public class ProductHistory {

    private static final int LIMIT = 50;

    private final Argon argon;
    private final JdbcTemplate jdbc;

    ProductHistory(Argon argon, JdbcTemplate jdbc) {
        this.argon = argon;
        this.jdbc = jdbc;
    }

    /** One change. */
    public record Change(
            Lsn lsn, String time, String author, String message, String kind, List<ChangeView.FieldView> fields) {}

    /** Returns the changes of a product on the chain of a ref, newest first. */
    public List<Change> of(Ref ref, long productId) {
        ThingNames names = ThingNames.of(ref, jdbc);
        return argon.history(ref, "product", productId, LIMIT).changes().stream()
                .map(change -> change(change, names))
                .toList();
    }

    private static Change change(DocumentChange change, ThingNames names) {
        WalEntry entry = change.entry();
        return new Change(
                change.commit().lsn(),
                View.text(change.commit().time()),
                change.commit().author(),
                change.commit().message(),
                ChangeView.kind(entry.operation()),
                ChangeView.fields(entry.before().keySet(), entry.before(), entry.after(), names));
    }
}
