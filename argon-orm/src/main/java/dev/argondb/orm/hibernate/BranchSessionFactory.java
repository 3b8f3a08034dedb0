package dev.argondb.orm.hibernate;

import dev.argondb.Argon;
import dev.argondb.Authorship;
import dev.argondb.BranchScope;
import dev.argondb.Commit;
import dev.argondb.InvalidRequestException;
import dev.argondb.Lsn;
import dev.argondb.MergePlan;
import dev.argondb.MergePolicy;
import dev.argondb.Ref;
import dev.argondb.Ref.Head;
import dev.argondb.orm.jdbc.ArgonDataSource;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.SharedSessionContract;
import org.hibernate.cfg.Configuration;
import org.hibernate.cfg.MultiTenancySettings;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;

/**
 * One Hibernate session factory whose sessions are bound to branches and past moments of an Argon database.
 *
 * <pre>{@code
 * var factory = BranchSessionFactory.of(argon, Map.of("hibernate.hbm2ddl.auto", "update"), Product.class);
 * argon.createBranch("feature", "main");
 * factory.inTransaction("feature", session -> session.persist(new Product("lamp")));
 * factory.branch("feature").at(lsn).inTransaction(session -> ...);
 * factory.main().as("ann").saying("spring prices").inTransaction(session -> ...);
 * }</pre>
 *
 * <p>Sessions that name no ref ({@code sessionFactory().openSession()}) are bound by the {@link BranchScope}. Schema export
 * (hbm2ddl) works on {@code main}; branches made from it have the schema of their fork point.
 *
 * <p>Transactions are Hibernate's own: a session factory with JTA's is refused when it is built ({@link
 * dev.argondb.UnsupportedException}).
 *
 * <p>Thread-safe. Closing it closes the session factory, not the database.
 */
public final class BranchSessionFactory implements AutoCloseable {

    /** The session property that names the author of the session's commits; not looked at under JTA. */
    public static final String AUTHOR = "argon.author";

    /** The session property that says why the session's next commits are made; not looked at under JTA. */
    public static final String MESSAGE = "argon.message";

    private final Argon argon;
    private final SessionFactory sessions;

    private BranchSessionFactory(Argon argon, SessionFactory sessions) {
        this.argon = argon;
        this.sessions = sessions;
    }

    /** Builds a session factory for these entities with Hibernate's default settings. */
    public static BranchSessionFactory of(Argon argon, Class<?>... entities) {
        return of(argon, Map.of(), entities);
    }

    /** Builds a session factory for these entities with settings of Hibernate's, such as {@code hibernate.hbm2ddl.auto}. */
    public static BranchSessionFactory of(Argon argon, Map<String, ?> settings, Class<?>... entities) {
        Configuration configuration = new Configuration().addAnnotatedClasses(entities);
        settings.forEach(configuration.getProperties()::put);
        return of(argon, configuration);
    }

    /** Builds a session factory from a configuration, to which the settings for branches are added. */
    public static BranchSessionFactory of(Argon argon, Configuration configuration) {
        settings(argon).forEach(configuration.getProperties()::put);
        return new BranchSessionFactory(argon, configuration.buildSessionFactory());
    }

    /**
     * Wraps a session factory that was built with {@link #settings}.
     *
     * @throws InvalidRequestException if it was not
     */
    public static BranchSessionFactory of(SessionFactory sessions) {
        SessionFactoryImplementor factory = sessions.unwrap(SessionFactoryImplementor.class);
        if (factory.getServiceRegistry().getService(MultiTenantConnectionProvider.class)
                instanceof ArgonConnectionProvider provider) {
            return new BranchSessionFactory(provider.argon(), sessions);
        }
        throw new InvalidRequestException(
                "session factory `" + factory.getName() + "` is not bound to branches; build it with"
                        + " the settings of `BranchSessionFactory.settings(argon)`");
    }

    /** Returns the settings that bind any session factory, Spring's or a container's, to branches. */
    public static Map<String, Object> settings(Argon argon) {
        return settings(argon, Ref.Head.MAIN, Authorship.NONE);
    }

    /**
     * Returns the settings that bind any session factory to branches.
     *
     * @param otherwise what sessions are on outside of every {@link BranchScope}; schema export works there as well
     * @param authorship who makes the commits of sessions that do not say it themselves, and why
     */
    public static Map<String, Object> settings(Argon argon, Ref otherwise, Authorship authorship) {
        ArgonDataSource template = ArgonDataSource.of(argon, otherwise);
        template.setAuthorship(authorship);
        return settings(argon, template);
    }

    /**
     * Returns the settings that bind any session factory to branches, on connections like those of a data source: its author,
     * isolation and {@link Authorship} hold for sessions as well, and its ref is what they are on outside of every {@link
     * BranchScope}. The data source itself is not used.
     */
    public static Map<String, Object> settings(Argon argon, ArgonDataSource template) {
        return Map.of(
                MultiTenancySettings.MULTI_TENANT_CONNECTION_PROVIDER,
                new ArgonConnectionProvider(argon, template),
                MultiTenancySettings.MULTI_TENANT_IDENTIFIER_RESOLVER,
                new ArgonTenantResolver(argon, template.ref()));
    }

    /** Returns what a session is on: a branch, or a past moment by its LSN; empty where its session factory knows no branches. */
    public static Optional<Ref> refOf(SharedSessionContract session) {
        return session instanceof SharedSessionContractImplementor implementor
                        && implementor.getFactory().getServiceRegistry().getService(MultiTenantConnectionProvider.class)
                                instanceof ArgonConnectionProvider
                        && implementor.getTenantIdentifierValue() instanceof String tenant
                ? Optional.of(Tenant.parse(tenant).ref())
                : Optional.empty();
    }

    /** Returns whether a session is on what a ref names: the same branch or tag, or the same commit of a branch. */
    public static boolean isOn(SharedSessionContract session, Ref ref) {
        return refOf(session)
                .filter(own -> own.equals(ref) || (own.isPast() && ref.isPast() && isSameMoment(session, ref)))
                .isPresent();
    }

    private static boolean isSameMoment(SharedSessionContract session, Ref ref) {
        SharedSessionContractImplementor implementor = (SharedSessionContractImplementor) session;
        Argon argon = of(implementor.getFactory()).argon();
        return Tenant.of(argon, ref).toString().equals(implementor.getTenantIdentifierValue());
    }

    /** Returns the database. */
    public Argon argon() {
        return argon;
    }

    /** Returns the plain session factory, for everything that is not about branches. */
    public SessionFactory sessionFactory() {
        return sessions;
    }

    /** Sessions on {@code main}. */
    public BranchSessions main() {
        return branch(Argon.MAIN);
    }

    /** Sessions on the head of a branch. */
    public BranchSessions branch(String name) {
        return at(new Head(name));
    }

    /** Sessions on {@code main} as it was at an LSN. */
    public BranchSessions at(Lsn lsn) {
        return main().at(lsn);
    }

    /** Sessions on {@code main} as it was at a time. */
    public BranchSessions asOf(Instant time) {
        return main().asOf(time);
    }

    /** Sessions on what a ref names. */
    public BranchSessions at(Ref ref) {
        return new BranchSessions(argon, sessions, ref, "", "");
    }

    /**
     * Sessions on what a ref names, such as {@code feature}, {@code main@1234} or {@code tag:v1}.
     *
     * @throws dev.argondb.InvalidRefException if the text is not a ref
     */
    public BranchSessions at(String ref) {
        return at(Ref.parse(ref));
    }

    /** Runs work in a session and transaction of its own on what a ref names; commits, or rolls back on an exception. */
    public void inTransaction(String ref, Consumer<? super Session> work) {
        at(ref).inTransaction(work);
    }

    /** As {@link #inTransaction}, with a result. */
    public <R> R fromTransaction(String ref, Function<? super Session, R> work) {
        return at(ref).fromTransaction(work);
    }

    /** Opens a session on what a ref names. */
    public Session openSession(String ref) {
        return at(ref).openSession();
    }

    // ---- merging

    /** Returns the roles of columns that the entities' mappings say: versions, and times of the last update. */
    public MergePolicy mergePolicy() {
        return EntityRoles.of(sessions.unwrap(SessionFactoryImplementor.class));
    }

    /**
     * Plans the merge of a ref into a branch, with the roles of the entities' columns.
     *
     * @throws dev.argondb.UnknownRefException see {@link Argon#planMerge(Ref, String, MergePolicy)}
     * @throws dev.argondb.UnsupportedException as said there
     */
    public MergePlan planMerge(String source, String target) {
        return argon.planMerge(Ref.parse(source), target, mergePolicy());
    }

    /**
     * Plans to undo one commit of a branch, with the roles of the entities' columns.
     *
     * @throws dev.argondb.UnknownRefException see {@link Argon#planRevert(String, Lsn, Lsn, MergePolicy)}
     */
    public MergePlan planRevert(String branch, Lsn commit) {
        return planRevert(branch, commit, commit);
    }

    /**
     * Plans to undo commits of a branch, with the roles of the entities' columns.
     *
     * @throws dev.argondb.UnknownRefException see {@link Argon#planRevert(String, Lsn, Lsn, MergePolicy)}
     */
    public MergePlan planRevert(String branch, Lsn first, Lsn last) {
        return argon.planRevert(branch, first, last, mergePolicy());
    }

    /**
     * Applies a plan in one commit; see {@link Argon#merge}. Sessions that are opened afterwards find nothing of before in the
     * second-level cache; those that are open keep what they have loaded.
     */
    public Optional<Commit> merge(MergePlan plan, String author, String message) {
        Optional<Commit> commit = argon.merge(plan, author, message);
        commit.ifPresent(any -> sessions.getCache().evictAllRegions());
        return commit;
    }

    @Override
    public void close() {
        sessions.close();
    }
}
