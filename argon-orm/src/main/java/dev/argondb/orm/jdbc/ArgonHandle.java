package dev.argondb.orm.jdbc;

import dev.argondb.Argon;
import dev.argondb.Branch;
import dev.argondb.BranchOptions;
import dev.argondb.Commit;
import dev.argondb.DocumentDiff;
import dev.argondb.DocumentHistory;
import dev.argondb.Finding;
import dev.argondb.Lsn;
import dev.argondb.MergePlan;
import dev.argondb.MergePolicy;
import dev.argondb.Pin;
import dev.argondb.Ref;
import dev.argondb.StorageStatus;
import dev.argondb.Tag;
import dev.argondb.WalEntry;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A handle of a database that is open in this process.
 *
 * <p>Thread-safe.
 */
public final class ArgonHandle implements Argon {

    private final OpenDatabases.Lease lease;

    private ArgonHandle(OpenDatabases.Lease lease) {
        this.lease = lease;
    }

    /** Opens or shares the database at a location; see {@link Argon#open}. */
    public static ArgonHandle open(String location) {
        return new ArgonHandle(OpenDatabases.lease(Location.parse(location)));
    }

    /** Forgets an in-memory database; see {@link Argon#discard}. */
    public static void discardDatabase(String location) {
        OpenDatabases.discard(Location.parse(location));
    }

    @Override
    public String location() {
        lease.database();
        return lease.location().toString();
    }

    @Override
    public List<Branch> branches() {
        return lease.database().branches();
    }

    @Override
    public Branch branch(String name) {
        return lease.database().branch(name);
    }

    @Override
    public Optional<Branch> findBranch(String name) {
        return lease.database().findBranch(name);
    }

    @Override
    public Branch createBranch(String name, Ref from, BranchOptions options) {
        return lease.database().createBranch(name, from, options);
    }

    @Override
    public Branch renameBranch(String name, String newName) {
        return lease.database().renameBranch(name, newName);
    }

    @Override
    public void deleteBranch(String name) {
        lease.database().deleteBranch(name);
    }

    @Override
    public Branch resetBranch(String name, Lsn to) {
        return lease.database().resetBranch(name, to);
    }

    @Override
    public Tag createTag(String name, Ref at) {
        return lease.database().createTag(name, at);
    }

    @Override
    public void deleteTag(String name) {
        lease.database().deleteTag(name);
    }

    @Override
    public List<Tag> tags() {
        return lease.database().tags();
    }

    @Override
    public List<Commit> commits(Ref ref, int limit) {
        return lease.database().commits(ref, limit);
    }

    @Override
    public List<WalEntry> entries(Ref ref) {
        return lease.database().entries(ref);
    }

    @Override
    public Optional<Lsn> resolve(Ref ref) {
        return lease.database().resolve(ref);
    }

    @Override
    public List<DocumentDiff> diff(Ref from, Ref to) {
        return lease.database().merging().diff(from, to);
    }

    @Override
    public List<DocumentDiff> diff(Ref from, Ref to, String collection) {
        return lease.database().merging().diff(from, to, collection.toLowerCase(Locale.ROOT));
    }

    @Override
    public DocumentHistory history(Ref ref, String collection, Object documentId, int limit) {
        return lease.database().merging().history(ref, collection.toLowerCase(Locale.ROOT), documentId, limit);
    }

    @Override
    public MergePlan planMerge(Ref source, String target, MergePolicy policy) {
        return lease.database()
                .merging()
                .planMerge(source, target, policy, lease.sql().rules());
    }

    @Override
    public MergePlan planRevert(String branch, Lsn first, Lsn last, MergePolicy policy) {
        return lease.database()
                .merging()
                .planRevert(branch, first, last, policy, lease.sql().rules());
    }

    @Override
    public Optional<Commit> merge(MergePlan plan, String author, String message) {
        return lease.database().merging().merge(plan, author, message);
    }

    /** Returns the LSN of the last commit of a plan that this process applied to a branch, 0 for none. */
    public long lastPlan(long branchId) {
        return lease.database().merging().lastPlan(branchId);
    }

    @Override
    public long lastLsn() {
        return lease.database().lastLsn();
    }

    @Override
    public void snapshot() {
        lease.database().snapshot();
    }

    @Override
    public void retain() {
        lease.database().retain();
    }

    @Override
    public void pack() {
        lease.database().pack();
    }

    @Override
    public List<Finding> verify() {
        return Storage.verify(lease.database());
    }

    @Override
    public StorageStatus storage() {
        return Storage.status(lease.database());
    }

    @Override
    public Pin pin(Ref ref) {
        return Storage.pin(lease.database(), ref);
    }

    @Override
    public void close() {
        lease.close();
    }

    @Override
    public String toString() {
        return "Argon[" + lease.location() + "]";
    }
}
