package dev.argondb.junit;

import dev.argondb.Argon;
import dev.argondb.BranchScope;
import dev.argondb.Ref;

/**
 * The branch of a test class in a framework: what its {@code @BeforeAll} methods and class-level scripts do is done there, and the
 * branches of its tests are made from it. Made when first needed, dropped after the class.
 *
 * <p>Thread-safe.
 */
public final class ClassBranch implements AutoCloseable {

    private final SharedDatabase database;
    private final String name;

    ClassBranch(SharedDatabase database, String name) {
        this.database = database;
        this.name = name;
    }

    /** Returns the name of the branch. */
    public String name() {
        return name;
    }

    /** Enters the scope of the branch in this thread. */
    public BranchScope enter() {
        return BranchScope.enter(new Ref.Head(name));
    }

    /** Drops the branch. Idempotent; Jupiter calls it. */
    @Override
    public void close() {
        Argon argon = database.argon();
        argon.findBranch(name).ifPresent(branch -> argon.deleteBranch(branch.name()));
        database.close();
    }
}
