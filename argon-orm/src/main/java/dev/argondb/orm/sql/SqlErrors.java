package dev.argondb.orm.sql;

import dev.argondb.ArgonException;
import dev.argondb.ConstraintException;
import dev.argondb.ReadOnlyException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLNonTransientException;
import org.h2.api.ErrorCode;
import org.h2.message.DbException;

/** Argon's errors as H2 carries them through a statement. Stateless, thread-safe. */
final class SqlErrors {

    /** What standard SQL calls a write in a read-only transaction. */
    private static final String READ_ONLY = "25006";

    private SqlErrors() {}

    /** A write on a past moment. */
    static DbException readOnly(ReadOnlyException e) {
        return convert(new SQLNonTransientException(e.getMessage(), READ_ONLY, ErrorCode.DATABASE_IS_READ_ONLY, e));
    }

    /** A key that is taken, or that another row needs. */
    static DbException of(ConstraintException e) {
        boolean unique = e.kind() == ConstraintException.Kind.UNIQUE;
        int code = unique ? ErrorCode.DUPLICATE_KEY_1 : ErrorCode.REFERENTIAL_INTEGRITY_VIOLATED_PARENT_MISSING_1;
        return convert(new SQLIntegrityConstraintViolationException(e.getMessage(), ErrorCode.getState(code), code, e));
    }

    /** Any other error of Argon's; its message is what the user reads. */
    static DbException of(ArgonException e) {
        return convert(new SQLException(e.getMessage(), ErrorCode.getState(ErrorCode.GENERAL_ERROR_1), e));
    }

    private static DbException convert(SQLException e) {
        return DbException.convert(e);
    }
}
