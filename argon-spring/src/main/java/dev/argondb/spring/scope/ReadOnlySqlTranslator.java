package dev.argondb.spring.scope;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;

/**
 * What a {@code JdbcTemplate} throws: for a write on a past moment what {@link ReadOnlyTranslator} has repositories throw; all else
 * as by default.
 *
 * <p>Thread-safe.
 */
public final class ReadOnlySqlTranslator extends SQLExceptionSubclassTranslator {

    @Override
    protected @Nullable DataAccessException doTranslate(String task, @Nullable String sql, SQLException failure) {
        return ReadOnlyTranslator.isReadOnly(failure)
                ? new InvalidDataAccessApiUsageException(buildMessage(task, sql, failure), failure)
                : super.doTranslate(task, sql, failure);
    }
}
