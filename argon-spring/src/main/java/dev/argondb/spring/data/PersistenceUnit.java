package dev.argondb.spring.data;

import dev.argondb.Argon;
import dev.argondb.InvalidRequestException;
import dev.argondb.Lsn;
import dev.argondb.Ref;
import dev.argondb.UnknownRefException;
import dev.argondb.UnsupportedException;
import dev.argondb.orm.hibernate.BranchSessionFactory;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceException;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;

/**
 * The persistence unit of a repository, on Argon.
 *
 * <p>Thread-safe.
 *
 * @param sessions the unit's sessions, by ref
 * @param entityManager the shared entity manager, which leads to the one of the transaction
 */
record PersistenceUnit(BranchSessionFactory sessions, EntityManager entityManager) {

    /**
     * Returns the unit that manages a type.
     *
     * @throws UnsupportedException if it is not Argon's
     */
    static PersistenceUnit of(EntityManager entityManager, Class<?> type) {
        try {
            // Hibernate's own, not Spring's proxy of it
            SessionFactory sessions = entityManager.getEntityManagerFactory().unwrap(SessionFactoryImplementor.class);
            return new PersistenceUnit(BranchSessionFactory.of(sessions), entityManager);
        } catch (InvalidRequestException | PersistenceException e) {
            throw new UnsupportedException(
                    "the persistence unit of `" + type.getSimpleName() + "` is not on Argon, so its repository knows no"
                            + " branches and no past; set `argon.url`, or do without the methods of Argon's fragments",
                    e);
        }
    }

    Argon argon() {
        return sessions.argon();
    }

    SessionFactoryImplementor sessionFactory() {
        return sessions.sessionFactory().unwrap(SessionFactoryImplementor.class);
    }

    /** Returns what the calling thread works on: the ref of its transaction, else the one that a session would be opened on. */
    Ref ref() {
        EntityManagerFactory factory = entityManager.getEntityManagerFactory();
        EntityManager open = EntityManagerFactoryUtils.getTransactionalEntityManager(factory);
        if (open != null) {
            return BranchSessionFactory.refOf(open.unwrap(Session.class)).orElseThrow();
        }
        try (Session session = sessions.sessionFactory().openSession()) {
            return BranchSessionFactory.refOf(session).orElseThrow();
        }
    }

    /** Returns the branch that the calling thread works on as it was at an LSN. */
    Ref at(Lsn lsn) {
        return new Ref.AtLsn(branch(ref()), lsn);
    }

    /** Returns the branch that the calling thread works on as it was at a time. */
    Ref at(Instant time) {
        return new Ref.AtTime(branch(ref()), time);
    }

    /** Returns the branch on whose chain a ref is, which gives its commits a name. */
    String branch(Ref ref) {
        if (ref instanceof Ref.Head head) {
            return head.branch();
        }
        if (ref instanceof Ref.AtLsn moment) {
            return moment.branch();
        }
        return ref instanceof Ref.AtTime moment ? moment.branch() : branchOfTag(ref);
    }

    private String branchOfTag(Ref tag) {
        Optional<Lsn> commit = argon().resolve(tag);
        return argon().branches().stream()
                .filter(branch -> branch.headLsn().isPresent())
                .map(branch -> branch.name())
                .filter(name -> commit.equals(found(new Ref.AtLsn(name, commit.orElseThrow()))))
                .findFirst()
                .orElseThrow(() -> new UnsupportedException("`" + tag
                        + "` is on no branch any more, so there is no history to go along; create a branch at it"));
    }

    private Optional<Lsn> found(Ref ref) {
        try {
            return argon().resolve(ref);
        } catch (UnknownRefException e) {
            return Optional.empty(); // forked off later, or reset to before it
        }
    }
}
