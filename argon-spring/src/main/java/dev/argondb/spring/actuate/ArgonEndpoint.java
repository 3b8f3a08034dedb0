package dev.argondb.spring.actuate;

import dev.argondb.Argon;
import dev.argondb.ArgonException;
import dev.argondb.Branch;
import dev.argondb.BranchOptions;
import dev.argondb.Commit;
import dev.argondb.Lsn;
import dev.argondb.Ref;
import dev.argondb.StorageStatus;
import dev.argondb.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * The endpoint {@code argon}: branches, tags and storage; a branch's newest commits. With
 * {@code management.endpoint.argon.access=unrestricted} it also makes and deletes branches.
 *
 * <p>Thread-safe.
 */
@Endpoint(id = "argon", defaultAccess = Access.READ_ONLY)
public final class ArgonEndpoint {

    private static final int NEWEST_COMMITS = 20;
    private static final int MOST_COMMITS = 1000;

    private final Argon argon;

    /** An endpoint of a database. */
    public ArgonEndpoint(Argon argon) {
        this.argon = argon;
    }

    /** All of the database; storage is null where it is in memory. */
    public record DatabaseDescriptor(
            long lastLsn,
            List<BranchDescriptor> branches,
            List<TagDescriptor> tags,
            @Nullable StorageDescriptor storage) {}

    /** A branch. */
    public record BranchDescriptor(
            String name,
            long id,
            @Nullable String parent,
            @Nullable Long baseLsn,
            @Nullable Long headLsn,
            long epoch,
            boolean privateSequences) {}

    /** A tag. */
    public record TagDescriptor(String name, long lsn, Instant time) {}

    /** What the files hold. */
    public record StorageDescriptor(
            long logBytes,
            long coldBytes,
            long pageBytes,
            long cachedBytes,
            int snapshots,
            @Nullable Long checkpointLsn,
            @Nullable Long watermarkLsn,
            @Nullable String failure) {}

    /** A branch and its newest commits, the newest first. */
    public record HistoryDescriptor(BranchDescriptor branch, List<CommitDescriptor> commits) {}

    /** A commit. */
    public record CommitDescriptor(long lsn, long firstLsn, Instant time, String author, String message) {}

    /** Describes the database. */
    @ReadOperation
    public DatabaseDescriptor database() {
        List<Branch> branches = argon.branches();
        Map<Long, String> names = branches.stream().collect(Collectors.toMap(Branch::id, Branch::name));
        return new DatabaseDescriptor(
                argon.lastLsn(),
                branches.stream().map(branch -> descriptor(branch, names)).toList(),
                argon.tags().stream().map(ArgonEndpoint::descriptor).toList(),
                StorageReading.of(argon).map(ArgonEndpoint::descriptor).orElse(null));
    }

    /**
     * Describes a branch and its newest commits; null, which answers 404, where there is none of the name.
     *
     * @param limit of how many commits, 1 to 1000; 20 if it is not given
     */
    @ReadOperation
    public @Nullable HistoryDescriptor branch(@Selector String branch, @Nullable Integer limit) {
        int most = limit == null ? NEWEST_COMMITS : limit;
        if (most < 1 || most > MOST_COMMITS) {
            String reason = "`limit` is " + most + "; give a number from 1 to " + MOST_COMMITS;
            throw new InvalidEndpointRequestException(reason, reason);
        }
        return argon.findBranch(branch)
                .map(found -> new HistoryDescriptor(descriptor(found), commits(found, most)))
                .orElse(null);
    }

    private List<CommitDescriptor> commits(Branch branch, int most) {
        return argon.commits(new Ref.Head(branch.name()), most).stream()
                .map(ArgonEndpoint::descriptor)
                .toList();
    }

    /**
     * Creates a branch.
     *
     * @param from the ref to start from; {@code main} if it is not given
     */
    @WriteOperation
    public BranchDescriptor createBranch(@Selector String branch, @Nullable String from) {
        return answering(() -> descriptor(
                argon.createBranch(branch, from == null ? Ref.Head.MAIN : Ref.parse(from), BranchOptions.DEFAULT)));
    }

    /** Deletes a branch. */
    @DeleteOperation
    public void deleteBranch(@Selector String branch) {
        answering(() -> {
            argon.deleteBranch(branch);
            return branch;
        });
    }

    /** Makes a refusal an answer that names the reason (400) instead of a failure of the server. */
    private static <T> T answering(Supplier<T> operation) {
        try {
            return operation.get();
        } catch (ArgonException e) {
            String reason = String.valueOf(e.getMessage());
            InvalidEndpointRequestException refusal = new InvalidEndpointRequestException(reason, reason);
            refusal.initCause(e);
            throw refusal;
        }
    }

    private BranchDescriptor descriptor(Branch branch) {
        Map<Long, String> parent = argon.branches().stream()
                .filter(other -> branch.parentId().equals(Optional.of(other.id())))
                .collect(Collectors.toMap(Branch::id, Branch::name));
        return descriptor(branch, parent);
    }

    private static BranchDescriptor descriptor(Branch branch, Map<Long, String> names) {
        return new BranchDescriptor(
                branch.name(),
                branch.id(),
                branch.parentId().map(names::get).orElse(null),
                value(branch.baseLsn()),
                value(branch.headLsn()),
                branch.epoch(),
                branch.hasPrivateSequences());
    }

    private static TagDescriptor descriptor(Tag tag) {
        return new TagDescriptor(tag.name(), tag.lsn().value(), tag.time());
    }

    private static CommitDescriptor descriptor(Commit commit) {
        return new CommitDescriptor(
                commit.lsn().value(), commit.firstLsn().value(), commit.time(), commit.author(), commit.message());
    }

    private static StorageDescriptor descriptor(StorageStatus status) {
        return new StorageDescriptor(
                status.logBytes(),
                status.coldBytes(),
                status.pageBytes(),
                status.cachedBytes(),
                status.snapshots(),
                value(status.checkpoint()),
                value(status.watermark()),
                status.failure().orElse(null));
    }

    private static @Nullable Long value(Optional<Lsn> lsn) {
        return lsn.map(Lsn::value).orElse(null);
    }
}
