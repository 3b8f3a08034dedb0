package dev.argondb.spring.data;

import dev.argondb.Lsn;
import dev.argondb.Ref;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.data.jpa.repository.JpaContext;
import org.springframework.data.repository.core.support.RepositoryMetadataAccess;

/**
 * What stands behind {@link ArgonRepository}: one object for all repositories, which learns from Spring Data whose call it runs. Named in
 * {@code META-INF/spring.factories}.
 *
 * <p>Aspects and transactions are around the repository, not around this. Thread-safe.
 */
final class ArgonRepositoryFragment<T, ID>
        implements ArgonRepository<T, ID>, RepositoryMetadataAccess, AopInfrastructureBean {

    private final EntityLogs logs;

    ArgonRepositoryFragment(ObjectProvider<JpaContext> contexts) {
        this.logs = new EntityLogs(contexts);
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals")
    public <R extends ArgonRepository<T, ID>> R onBranch(String ref) {
        log();
        return scoped(Ref.parse(ref));
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals")
    public <R extends ArgonRepository<T, ID>> R at(Lsn lsn) {
        return scoped(log().unit().at(lsn));
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals")
    public <R extends ArgonRepository<T, ID>> R asOf(Instant time) {
        return scoped(log().unit().at(time));
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the caller says what repository it is
    private <R extends ArgonRepository<T, ID>> R scoped(Ref ref) {
        return (R) ScopedRepository.of(RepositoryCall.current(), ref);
    }

    @Override
    public Optional<T> findAt(ID id, Lsn lsn) {
        EntityLog<T, ID> log = log();
        return log.snapshots().find(log.unit().at(lsn), id);
    }

    @Override
    public Optional<T> findAsOf(ID id, Instant time) {
        EntityLog<T, ID> log = log();
        return log.snapshots().find(log.unit().at(time), id);
    }

    @Override
    public EntityHistory<T, ID> history(ID id) {
        EntityLog<T, ID> log = log();
        return log.history(log.unit().ref(), id);
    }

    @Override
    public List<EntityChange<T, ID>> changesIn(Lsn first, Lsn last) {
        return log().changesIn(first, last);
    }

    @Override
    public List<EntityChange<T, ID>> changesIn(Instant first, Instant last) {
        return log().changesIn(first, last);
    }

    @Override
    public List<EntityDifference<T, ID>> diff(String fromRef, String toRef) {
        return log().diff(Ref.parse(fromRef), Ref.parse(toRef));
    }

    @Override
    public Optional<T> revert(ID id, Lsn lsn) {
        EntityLog<T, ID> log = log();
        return Reversion.revert(log.unit(), log.snapshots(), id, log.unit().at(lsn));
    }

    @Override
    public Optional<T> revert(ID id, String ref) {
        EntityLog<T, ID> log = log();
        return Reversion.revert(log.unit(), log.snapshots(), id, Ref.parse(ref));
    }

    private EntityLog<T, ID> log() {
        return logs.of(RepositoryCall.current());
    }
}
