package dev.argondb.orm.sql;

import java.sql.SQLException;
import org.h2.api.DatabaseEventListener;
import org.jspecify.annotations.Nullable;

/**
 * Hears from H2, by its class name in the catalog's URL, when a statement begins, ends and fails: in the thread that runs it,
 * for every element of a batch, and for the statements that H2 runs inside others.
 *
 * <p>Thread-safe.
 */
public final class CatalogEvents implements DatabaseEventListener {

    private final Catalog catalog = Catalog.opening();

    /** For H2. */
    public CatalogEvents() {}

    @Override
    public void setProgress(int state, String sql, long current, long max) {
        if (state == STATE_STATEMENT_START) {
            Binding binding = Binding.running(catalog);
            if (binding != null) {
                binding.begin(sql);
            }
        } else if (state == STATE_STATEMENT_END) {
            Binding binding = Binding.running(catalog);
            if (binding != null) {
                binding.end();
            }
        }
    }

    @Override
    public void exceptionThrown(SQLException e, @Nullable String sql) {
        Binding binding = Binding.running(catalog);
        if (binding != null) {
            binding.fail(sql);
        }
    }
}
