package dev.argondb.spring.data;

import dev.argondb.Commit;
import dev.argondb.Operation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.data.history.Revision;
import org.springframework.data.history.RevisionMetadata;
import org.springframework.data.history.RevisionSort;
import org.springframework.data.history.Revisions;
import org.springframework.data.jpa.repository.JpaContext;
import org.springframework.data.repository.core.support.RepositoryMetadataAccess;

/**
 * What stands behind {@link ArgonRevisionRepository}, and behind {@code RevisionRepository} where no other factory bean does.
 *
 * <p>Aspects and transactions are around the repository, not around this. Thread-safe.
 */
final class ArgonRevisionFragment<T, ID>
        implements ArgonRevisionRepository<T, ID>, RepositoryMetadataAccess, AopInfrastructureBean {

    private final EntityLogs logs;

    ArgonRevisionFragment(ObjectProvider<JpaContext> contexts) {
        this.logs = new EntityLogs(contexts);
    }

    @Override
    public Optional<Revision<Long, T>> findLastChangeRevision(ID id) {
        return newestFirst(id).stream().findFirst().map(ArgonRevisionFragment::revision);
    }

    /** Oldest first, as Spring Data has it. */
    @Override
    public Revisions<Long, T> findRevisions(ID id) {
        return Revisions.of(oldestFirst(newestFirst(id)).stream()
                .map(ArgonRevisionFragment::revision)
                .toList());
    }

    @Override
    public Page<Revision<Long, T>> findRevisions(ID id, Pageable pageable) {
        List<EntityChange<T, ID>> changes = newestFirst(id);
        if (RevisionSort.getRevisionDirection(pageable.getSort()).isAscending()) {
            changes = oldestFirst(changes);
        }
        List<Revision<Long, T>> page = changes.stream()
                .skip(pageable.isPaged() ? pageable.getOffset() : 0)
                .limit(pageable.isPaged() ? pageable.getPageSize() : Integer.MAX_VALUE)
                .map(ArgonRevisionFragment::revision)
                .toList();
        return new PageImpl<>(page, pageable, changes.size());
    }

    /** Returns the revision of exactly this commit, if it changed the entity. */
    @Override
    public Optional<Revision<Long, T>> findRevision(ID id, Long revisionNumber) {
        return newestFirst(id).stream()
                .filter(change -> change.lsn().value() == revisionNumber)
                .findFirst()
                .map(ArgonRevisionFragment::revision);
    }

    private List<EntityChange<T, ID>> newestFirst(ID id) {
        EntityLog<T, ID> log = logs.of(RepositoryCall.current());
        return log.history(log.unit().ref(), id).changes();
    }

    private static <C extends EntityChange<?, ?>> List<C> oldestFirst(List<C> changes) {
        List<C> sorted = new ArrayList<>(changes);
        sorted.sort(Comparator.comparing(EntityChange::lsn));
        return sorted;
    }

    private static <T> Revision<Long, T> revision(EntityChange<T, ?> change) {
        Optional<T> entity = change.operation() == Operation.DELETE ? change.before() : change.entity();
        return Revision.of(new Metadata(change.commit(), change.operation()), entity.orElseThrow());
    }

    /** A commit as the metadata of a revision. */
    private record Metadata(Commit commit, Operation operation) implements RevisionMetadata<Long> {

        @Override
        public Optional<Long> getRevisionNumber() {
            return Optional.of(commit.lsn().value());
        }

        @Override
        public Optional<Instant> getRevisionInstant() {
            return Optional.of(commit.time());
        }

        @Override
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as the interface has it
        public <D> D getDelegate() {
            return (D) commit;
        }

        @Override
        public RevisionType getRevisionType() {
            return RevisionType.valueOf(operation.name());
        }
    }
}
