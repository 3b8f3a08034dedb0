package dev.argondb.junit;

import dev.argondb.DocumentDiff;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * The branch of one test from its making to the test's very end, after all extensions: what it says of a failure, it says knowing all
 * of them.
 *
 * <p>Confined to the test's thread.
 */
final class TestBranch implements AutoCloseable {

    private final ExtensionContext test;
    private final SharedDatabase database;
    private final ArgonFixture fixture;

    TestBranch(ExtensionContext test, SharedDatabase database, ArgonFixture fixture) {
        this.test = test;
        this.database = database;
        this.fixture = fixture;
    }

    ArgonFixture fixture() {
        return fixture;
    }

    /** Reports a failure and gives everything back; Jupiter calls it. */
    @Override
    public void close() throws SQLException {
        try (SharedDatabase ofTest = database.isOfOneTest() ? database : null;
                ArgonFixture closedFirst = fixture) {
            test.getExecutionException()
                    .filter(failure -> !(failure instanceof TestAbortedException))
                    .ifPresent(this::report);
        }
    }

    private void report(Throwable failure) {
        List<DocumentDiff> changes = fixture.changesToReport();
        if (!changes.isEmpty()) {
            failure.addSuppressed(new ChangesOfTest(changes));
        }
        if (fixture.isKeptOnFailure()) {
            String name = fixture.keep();
            test.publishReportEntry("argon.branch", name);
            failure.addSuppressed(new KeptBranch(fixture.argon().location(), name));
        }
    }
}
