package dev.argondb.orm.hibernate;

import dev.argondb.Argon;
import dev.argondb.Branch;
import dev.argondb.ConflictException;
import dev.argondb.InvalidRequestException;
import dev.argondb.Lsn;
import dev.argondb.Ref;
import dev.argondb.orm.jdbc.ArgonConnection;
import dev.argondb.orm.jdbc.ArgonHandle;
import java.util.Optional;

/**
 * What a session is bound to, as Hibernate's tenant identifier: the key of its entries in the second-level cache.
 *
 * <p>Grammar: {@code tenant = head "#" branch-id "." epoch "." database "." plan | past "#" lsn "." database}, the database as a
 * hash of its location, because session factories of one process may share a cache, the plan as the LSN of the commit of the last
 * plan applied. A head's text changes with each reset of the branch and with each merge into it, and never returns, so entries of
 * before a rewind or a merge, or of an earlier branch of the same name, are never found again. A past moment's text names one
 * immutable state.
 *
 * <p>Immutable.
 *
 * @param ref the branch head, or the past moment with its LSN resolved
 * @param version what tells it from another state of the same ref
 */
record Tenant(Ref ref, String version) {

    private static final char SEPARATOR = '#';

    /** Returns the tenant that a ref stands for now. */
    static Tenant of(Argon argon, Ref ref) {
        if (ref instanceof Ref.Head head) {
            Branch branch = argon.branch(head.branch());
            return new Tenant(ref, history(branch) + database(argon) + plan(argon, branch));
        }
        Optional<Lsn> commit = argon.resolve(ref);
        return new Tenant(
                commit.map(lsn -> resolved(ref, lsn)).orElse(ref),
                commit.map(Lsn::toString).orElse("0") + "." + database(argon));
    }

    private static String database(Argon argon) {
        return Integer.toHexString(argon.location().hashCode());
    }

    private static String plan(Argon argon, Branch branch) {
        return argon instanceof ArgonHandle handle ? "." + handle.lastPlan(branch.id()) : "";
    }

    private static Ref resolved(Ref ref, Lsn commit) {
        if (ref instanceof Ref.AtTime time) {
            return new Ref.AtLsn(time.branch(), commit);
        }
        return ref instanceof Ref.AtLsn lsn ? new Ref.AtLsn(lsn.branch(), commit) : ref;
    }

    /**
     * Parses a tenant identifier.
     *
     * @throws InvalidRequestException if it is not one of ours
     */
    static Tenant parse(String text) {
        int separator = text.lastIndexOf(SEPARATOR);
        if (separator < 0) {
            throw new InvalidRequestException(
                    "tenant `" + text + "` carries no epoch, so a cache could mix states before and"
                            + " after a reset; open the session through `BranchSessionFactory` or within a `BranchScope`");
        }
        return new Tenant(Ref.parse(text.substring(0, separator)), text.substring(separator + 1));
    }

    /** Returns whether it names a past moment, which is read-only. */
    boolean isPast() {
        return ref.isPast();
    }

    /**
     * Checks that the ref still stands for what it stood for when the session was opened.
     *
     * @throws ConflictException if the branch was reset since, or deleted and made anew
     */
    void requireCurrent(Argon argon) {
        if (ref instanceof Ref.Head head
                ? !version.startsWith(history(argon.branch(head.branch())))
                : !of(argon, ref).version.equals(version)) {
            throw new ConflictException(
                    "`" + ref + "` was reset or made anew after this session was opened; open a new session");
        }
    }

    /** What a branch's tenants have in common until it is reset: a session may outlive a merge, as it may outlive other commits. */
    private static String history(Branch branch) {
        return branch.id() + "." + branch.epoch() + ".";
    }

    /** Lets a connection on a branch's head begin transactions only in this tenant's history. */
    void pin(ArgonConnection connection) {
        if (!isPast()) {
            int afterBranch = version.indexOf('.');
            int afterEpoch = version.indexOf('.', afterBranch + 1);
            connection.pin(
                    Long.parseLong(version, 0, afterBranch, 10),
                    Long.parseLong(version, afterBranch + 1, afterEpoch, 10));
        }
    }

    @Override
    public String toString() {
        return ref.toString() + SEPARATOR + version;
    }
}
