package dev.argondb.engine.work;

import dev.argondb.engine.log.Document;
import dev.argondb.engine.schema.ForeignKeySpec;
import dev.argondb.engine.schema.KeyKind;
import dev.argondb.engine.schema.Schema.Reference;
import dev.argondb.engine.state.CollectionView;
import dev.argondb.engine.tree.KeyRange;
import dev.argondb.engine.tree.Keys;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Tells whether foreign keys hold for documents that were changed. Stateless, thread-safe. */
public final class ForeignKeyCheck {

    private ForeignKeyCheck() {}

    /** Returns what the key of a document's missing parent starts with; null where the parent is there, or none is named. */
    public static byte @Nullable [] missingParent(
            CollectionView child, ForeignKeySpec key, CollectionView parent, Document document) {
        byte[] prefix = child.format().parentPrefix(key, parent.format(), document);
        return prefix == null || exists(parent, key.parentIndexId(), prefix) ? null : prefix;
    }

    /**
     * Returns what the keys of the documents start with that name a parent which is no longer there; null where none does.
     *
     * @param before the parent as it was
     * @param after the parent as it is, null where it is gone
     */
    public static byte @Nullable [] orphans(
            CollectionView child,
            Reference reference,
            CollectionView parent,
            Document before,
            @Nullable Document after) {
        ForeignKeySpec key = reference.key();
        byte[] prefix = child.format().childPrefix(key, parent.format(), before);
        byte[] now = after == null ? null : child.format().childPrefix(key, parent.format(), after);
        boolean isHeld = prefix == null || Arrays.equals(prefix, now) || !exists(child, key.childIndexId(), prefix);
        return isHeld ? null : prefix;
    }

    private static boolean exists(CollectionView view, int indexId, byte[] prefix) {
        if (indexId != ForeignKeySpec.PRIMARY) {
            return view.count(view.schema().indexPosition(indexId), KeyRange.prefix(prefix)) > 0;
        }
        if (view.schema().keyKind() == KeyKind.LONG) {
            return view.get(Keys.toLong(prefix)) != null;
        }
        return view.records(KeyRange.prefix(prefix), false).next();
    }
}
