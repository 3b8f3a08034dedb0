package dev.argondb.examples.shop.versions;

import dev.argondb.Argon;
import dev.argondb.DocumentChange;
import dev.argondb.Lsn;
import dev.argondb.Ref;
import dev.argondb.WalEntry;
import java.util.List;
import org.springframework.stereotype.Service;

/** Who changed what about a product, and when. */
@Service
public class ProductHistory {

    private static final int LIMIT = 50;

    private final Argon argon;

    ProductHistory(Argon argon) {
        this.argon = argon;
    }

    /** One change. */
    public record Change(
            Lsn lsn, String time, String author, String message, String kind, List<ChangeView.FieldView> fields) {}

    /** Returns the changes of a product on the chain of a ref, newest first. */
    public List<Change> of(Ref ref, long productId) {
        return argon.history(ref, "product", productId, LIMIT).changes().stream()
                .map(ProductHistory::change)
                .toList();
    }

    private static Change change(DocumentChange change) {
        WalEntry entry = change.entry();
        return new Change(
                change.commit().lsn(),
                View.text(change.commit().time()),
                change.commit().author(),
                change.commit().message(),
                ChangeView.kind(entry.operation()),
                ChangeView.fields(entry.before().keySet(), entry.before(), entry.after()));
    }
}
