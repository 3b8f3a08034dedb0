package dev.argondb.orm.sql;

import dev.argondb.Branch;
import dev.argondb.BranchOptions;
import dev.argondb.InvalidRequestException;
import dev.argondb.Lsn;
import dev.argondb.Ref;
import dev.argondb.engine.ArgonDatabase;
import dev.argondb.engine.work.UnitOfWork;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.jspecify.annotations.Nullable;

/**
 * The SQL functions {@code argon_...}. What they do to branches and tags takes effect at once and is no part of a transaction.
 *
 * <p>H2 finds them by name and number of arguments; the first argument is H2's own connection. Stateless.
 */
public final class SystemFunctions {

    /** The functions. */
    static final List<String> NAMES = List.of(
            "ARGON_REF",
            "ARGON_BRANCH",
            "ARGON_LSN",
            "ARGON_CHECKOUT",
            "ARGON_CREATE_BRANCH",
            "ARGON_RENAME_BRANCH",
            "ARGON_DELETE_BRANCH",
            "ARGON_RESET_BRANCH",
            "ARGON_TAG",
            "ARGON_DELETE_TAG",
            "ARGON_MESSAGE",
            "ARGON_SNAPSHOT",
            "ARGON_RETAIN",
            "ARGON_PACK");

    private SystemFunctions() {}

    /** Returns the Java method of a function, as H2 names it. */
    static String method(String function) {
        String[] words = function.toLowerCase(Locale.ROOT).split("_");
        StringBuilder method =
                new StringBuilder(SystemFunctions.class.getName()).append('.').append(words[1]);
        for (int i = 2; i < words.length; i++) {
            method.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
        }
        return method.toString();
    }

    private static SessionHost host(Connection h2) {
        return SqlSession.hostOf((SessionLocal) ((JdbcConnection) h2).getSession());
    }

    /** Returns the ref that the connection is bound to. */
    public static String ref(Connection h2) {
        return host(h2).ref().toString();
    }

    /** Returns the branch that the connection is bound to; null on a tag. */
    public static @Nullable String branch(Connection h2) {
        String branch = RefNames.branchOf(host(h2).ref());
        return branch.isEmpty() ? null : branch;
    }

    /** Returns the LSN of the commit that the transaction sees; null where there is none yet. */
    public static @Nullable Long lsn(Connection h2) {
        UnitOfWork work = host(h2).work();
        return orNull(work == null ? 0 : work.baseLsn());
    }

    /** Binds the connection to another ref when this statement has ended; returns the ref. */
    public static String checkout(Connection h2, String ref) throws SQLException {
        Ref target = Ref.parse(ref);
        host(h2).checkoutAfterStatement(target);
        return target.toString();
    }

    /** Creates a branch where the connection stands; returns its name. */
    public static String createBranch(Connection h2, String name) {
        return created(host(h2), name, host(h2).ref());
    }

    /** Creates a branch at a ref; returns its name. */
    public static String createBranch(Connection h2, String name, String from) {
        return created(host(h2), name, Ref.parse(from));
    }

    private static String created(SessionHost host, String name, Ref from) {
        return host.database().createBranch(name, from, BranchOptions.DEFAULT).name();
    }

    /** Renames a branch; returns its new name. */
    public static String renameBranch(Connection h2, String name, String newName) {
        return host(h2).database().renameBranch(name, newName).name();
    }

    /** Deletes a branch; returns its name. */
    public static String deleteBranch(Connection h2, String name) {
        SessionHost host = host(h2);
        if (name.equals(RefNames.branchOf(host.ref()))) {
            throw new InvalidRequestException(
                    "`" + name + "` is the branch of this connection and cannot be deleted from it;"
                            + " check out another one first");
        }
        host.database().deleteBranch(name);
        return name;
    }

    /** Moves a branch's head back to an LSN; returns the LSN of its head, null where it has no commit left. */
    public static @Nullable Long resetBranch(Connection h2, String name, long lsn) {
        Branch reset = host(h2).database().resetBranch(name, new Lsn(lsn));
        return reset.headLsn().map(Lsn::value).orElse(null);
    }

    /** Tags the commit where the connection stands; returns its LSN. */
    public static long tag(Connection h2, String name) {
        return host(h2).database().createTag(name, host(h2).ref()).lsn().value();
    }

    /** Tags the commit that a ref stands for; returns its LSN. */
    public static long tag(Connection h2, String name, String ref) {
        return host(h2).database().createTag(name, Ref.parse(ref)).lsn().value();
    }

    /** Forgets a tag; returns its name. */
    public static String deleteTag(Connection h2, String name) {
        host(h2).database().deleteTag(name);
        return name;
    }

    /** Gives the next commit of the connection a message; returns it. */
    public static String message(Connection h2, String message) {
        host(h2).nameNextCommit(message);
        return message;
    }

    /** Writes the states of branches and tags down; returns up to where opening reads no log, null for an empty database. */
    public static @Nullable Long snapshot(Connection h2) {
        ArgonDatabase database = host(h2).database();
        database.snapshot();
        return orNull(database.storage().checkpointLsn());
    }

    /** Reclaims history that need not be kept; returns the lowest LSN that can be read, null while all can. */
    public static @Nullable Long retain(Connection h2) {
        ArgonDatabase database = host(h2).database();
        database.retain();
        return orNull(database.storage().watermark());
    }

    /** Packs the log; returns how many bytes of it are in the directory. */
    public static long pack(Connection h2) {
        ArgonDatabase database = host(h2).database();
        database.pack();
        return database.storage().logBytes();
    }

    private static @Nullable Long orNull(long lsn) {
        return lsn == 0 ? null : lsn;
    }
}
