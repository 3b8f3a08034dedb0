package dev.argondb.engine.state;

import dev.argondb.engine.schema.CollectionSchema;
import dev.argondb.engine.tree.KeyRange;
import dev.argondb.engine.tree.Keys;
import dev.argondb.engine.tree.TreeCursor;
import org.jspecify.annotations.Nullable;

/**
 * One collection as a reader sees it: of a state, or of a unit of work with its own writes on top.
 *
 * <p>As thread-safe as what it is a view of. Cursors do not see later writes.
 */
public interface CollectionView {

    /** Returns what the collection looks like. */
    CollectionSchema schema();

    /** Returns how its documents are read. */
    CollectionFormat format();

    /** Returns the number of documents. */
    long size();

    /** Returns about how many documents there are, for plans; never reads much to know it. */
    default long approximateSize() {
        return size();
    }

    /** Returns the record of a key, or null. */
    @Nullable
    Record get(byte[] key);

    /** Returns the record of a key of {@link dev.argondb.engine.schema.KeyKind#LONG}, or null. */
    @Nullable
    Record get(long key);

    /** Returns the record of a key in its encoded form, whatever keys the collection has; or null. */
    default @Nullable Record find(byte[] key) {
        return DocumentKeys.isLong(key) ? get(Keys.toLong(key)) : get(key);
    }

    /** Runs over records in key order. */
    TreeCursor<Record> records(KeyRange range, boolean descending);

    /**
     * Runs over an index. The value of an entry is the document's key as {@code byte[]} in a collection keyed by
     * {@link dev.argondb.engine.schema.KeyKind#TUPLE}; in one keyed by LONG the last eight bytes of the entry's key are it, and
     * the value says nothing.
     *
     * @param indexPosition the position of the index in {@link CollectionSchema#indexes}
     */
    TreeCursor<Object> index(int indexPosition, KeyRange range, boolean descending);

    /**
     * Returns the first entry of an index in a range as the document's record, or null; cheaper than a cursor, and does not
     * end in-place editing.
     */
    @Nullable
    Record firstInIndex(int indexPosition, KeyRange range);

    /** Returns the number of entries of an index in a range. */
    long count(int indexPosition, KeyRange range);
}
