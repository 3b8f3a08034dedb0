package dev.argondb.engine.merge;

import dev.argondb.MergeConflict;
import dev.argondb.engine.log.Document;
import dev.argondb.engine.schema.CollectionSchema;
import dev.argondb.engine.work.UnitOfWork;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the layer above knows of single documents and the engine does not: values that are computed of others, values that are
 * required, and checks.
 *
 * <p>Thread-safe.
 */
public interface DocumentRules {

    /** Knows of none. */
    DocumentRules NONE = merged -> new Run() {
        @Override
        public boolean isDerived(CollectionSchema collection, int column) {
            return false;
        }

        @Override
        public Outcome apply(CollectionSchema collection, byte[] key, @Nullable Document before, Document after) {
            return new Outcome(after, List.of());
        }

        @Override
        public void close() {}
    };

    /** Begins to apply the rules of a unit of work's schema; checks that read other documents read them there. */
    Run begin(UnitOfWork merged);

    /** Rules being applied. Confined to one thread. */
    interface Run extends AutoCloseable {

        /** Returns whether a column is computed of others. */
        boolean isDerived(CollectionSchema collection, int column);

        /** Returns a document with its computed values, and which rules it breaks. */
        Outcome apply(CollectionSchema collection, byte[] key, @Nullable Document before, Document after);

        @Override
        void close();
    }

    /** A document after the rules. */
    record Outcome(Document document, List<Broken> broken) {}

    /**
     * A broken rule.
     *
     * @param kind which kind: a required value, or a check
     * @param column the column whose value is missing; empty for a check
     * @param constraint the name of the check; empty for a required value
     * @param text what is wrong, in one line
     */
    record Broken(MergeConflict.Kind kind, String column, String constraint, String text) {}
}
