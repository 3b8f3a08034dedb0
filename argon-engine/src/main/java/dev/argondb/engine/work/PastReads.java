package dev.argondb.engine.work;

import dev.argondb.engine.schema.Schema;
import dev.argondb.engine.state.CollectionView;
import dev.argondb.engine.state.DatabaseState;
import org.jspecify.annotations.Nullable;

/**
 * What a unit of work on a past moment reads. Its state need not be materialized for all of it.
 *
 * <p>Thread-safe.
 */
public interface PastReads {

    /** Returns the LSN of the commit, 0 for the empty state. */
    long lsn();

    /** Returns the schema of the moment. */
    Schema schema();

    /** Returns a collection of the moment, null where there is none of the id. */
    @Nullable
    CollectionView collection(int id);

    /** Returns the whole state, materialized if it was not yet. */
    DatabaseState state();
}
