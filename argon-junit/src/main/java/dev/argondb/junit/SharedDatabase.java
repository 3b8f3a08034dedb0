package dev.argondb.junit;

import dev.argondb.Argon;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * One database of a test run, shared by all tests that name its source.
 *
 * <p>Thread-safe.
 */
final class SharedDatabase implements AutoCloseable {

    private static final String SESSION_FACTORY = "dev.argondb.orm.hibernate.BranchSessionFactory";

    private final Argon argon;
    private final @Nullable Object sessionFactory;
    private final boolean isOwned;

    private SharedDatabase(Argon argon, @Nullable Object sessionFactory, boolean isOwned) {
        this.argon = argon;
        this.sessionFactory = sessionFactory;
        this.isOwned = isOwned;
    }

    /** Opens the database of a source. */
    static SharedDatabase open(DatabaseSource source) {
        if (source instanceof DatabaseSource.Location location) {
            Argon argon = Argon.open(location.location());
            return new SharedDatabase(argon, null, true);
        }
        Member member = ((DatabaseSource.Supplier) source).member();
        return of(member, DatabaseSource.supply(member));
    }

    private static SharedDatabase of(Member member, @Nullable Object supplied) {
        boolean owned = !(member instanceof Field);
        if (supplied instanceof Argon argon) {
            return new SharedDatabase(argon, null, owned);
        }
        if (supplied != null && supplied.getClass().getName().equals(SESSION_FACTORY)) {
            return new SharedDatabase(BranchPersistence.argon(supplied), supplied, owned);
        }
        throw new ExtensionConfigurationException("@ArgonDatabase member `" + member.getName() + "` supplied `"
                + supplied + "`; expected an `Argon` or a `BranchSessionFactory`");
    }

    Argon argon() {
        return argon;
    }

    /** Returns the {@code BranchSessionFactory}, or null where the database came without one. */
    @Nullable
    Object sessionFactory() {
        return sessionFactory;
    }

    /** Closes what a method supplied or a URL named; what a field holds is left as it is. */
    @Override
    public void close() {
        if (!isOwned) {
            return;
        }
        if (sessionFactory != null) {
            BranchPersistence.close(sessionFactory);
        }
        argon.close();
    }
}
