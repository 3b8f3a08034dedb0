package dev.argondb.orm.sql;

import dev.argondb.Branch;
import dev.argondb.Commit;
import dev.argondb.Lsn;
import dev.argondb.Ref;
import dev.argondb.Tag;
import dev.argondb.UnknownRefException;
import dev.argondb.WalEntry;
import dev.argondb.engine.ArgonDatabase;
import dev.argondb.engine.Finding;
import dev.argondb.engine.StorageStatus;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.h2.util.JSR310Utils;
import org.h2.value.Value;
import org.h2.value.ValueBigint;
import org.h2.value.ValueBoolean;
import org.h2.value.ValueJson;
import org.h2.value.ValueNull;
import org.h2.value.ValueVarchar;

/**
 * Makes the rows of the tables of schema {@code argon}, as the database is at this moment and from where the session's ref
 * stands.
 *
 * <p>Confined.
 */
final class SystemRows {

    /** A range of LSNs, both ends included. */
    record Lsns(long from, long to) {
        boolean contains(long lsn) {
            return from <= lsn && lsn <= to;
        }
    }

    /** Commits read at a time. */
    private static final int PAGE = 256;

    private final ArgonDatabase database;
    private final Ref ref;

    private SystemRows(ArgonDatabase database, Ref ref) {
        this.database = database;
        this.ref = ref;
    }

    /** Returns the rows as a session sees them. */
    static SystemRows of(SessionHost host) {
        return new SystemRows(host.database(), host.ref());
    }

    List<Value[]> branches(Lsns all) {
        List<Value[]> rows = new ArrayList<>();
        for (Branch branch : database.branches()) {
            rows.add(new Value[] {
                text(branch.name()),
                ValueBigint.get(branch.id()),
                branch.parentId().map(id -> text(nameOf(id))).orElse(ValueNull.INSTANCE),
                lsn(branch.baseLsn()),
                lsn(branch.headLsn()),
                ValueBigint.get(branch.epoch()),
                ValueBoolean.get(branch.hasPrivateSequences()),
                ValueBoolean.get(branch.name().equals(RefNames.branchOf(ref)))
            });
        }
        return rows;
    }

    /** Returns the name of a branch; of one that was deleted, its id. */
    private String nameOf(long branchId) {
        return database.findBranch(branchId).map(Branch::name).orElse("(deleted branch " + branchId + ")");
    }

    List<Value[]> tags(Lsns all) {
        List<Value[]> rows = new ArrayList<>();
        for (Tag tag : database.tags()) {
            rows.add(new Value[] {text(tag.name()), ValueBigint.get(tag.lsn().value()), time(tag.time())});
        }
        return rows;
    }

    /** Returns the commits of the chain that the session's ref ends, newest first. */
    List<Value[]> commits(Lsns lsns) {
        Map<Long, String> names = new HashMap<>();
        List<Value[]> rows = new ArrayList<>();
        for (Commit commit : chain(lsns)) {
            rows.add(new Value[] {
                ValueBigint.get(commit.lsn().value()),
                ValueBigint.get(commit.firstLsn().value()),
                text(names.computeIfAbsent(commit.branchId(), this::nameOf)),
                ValueBigint.get(commit.branchId()),
                lsn(commit.parent()),
                lsn(commit.mergeParent()),
                time(commit.time()),
                text(commit.author()),
                text(commit.message()),
                ValueBigint.get(commit.lsn().value() - commit.firstLsn().value() + 1)
            });
        }
        return rows;
    }

    /** Walks the chain down in pages, and no further than the range asks. */
    private List<Commit> chain(Lsns lsns) {
        List<Commit> chain = new ArrayList<>();
        Optional<Ref> from = Optional.of(ref);
        while (from.isPresent()) {
            List<Commit> page = database.commits(from.get(), PAGE);
            page.stream().filter(commit -> lsns.contains(commit.lsn().value())).forEach(chain::add);
            from = page.size() < PAGE ? Optional.empty() : below(page.get(PAGE - 1), lsns);
        }
        return chain;
    }

    private Optional<Ref> below(Commit last, Lsns lsns) {
        return last.parent()
                .filter(parent -> parent.value() >= lsns.from())
                .map(parent -> refOf(parent, last.branchId()));
    }

    /** Returns the entries of those commits, newest commit first. */
    List<Value[]> entries(Lsns lsns) {
        List<Value[]> rows = new ArrayList<>();
        for (Commit commit : chain(lsns)) {
            for (WalEntry entry : database.entries(refOf(commit.lsn(), commit.branchId()))) {
                rows.add(entry(commit, entry));
            }
        }
        return rows;
    }

    /** Returns a ref of a commit on the session's chain; a tag's chain is named by the branch a commit was made on. */
    private Ref refOf(Lsn lsn, long branchId) {
        String branch = RefNames.branchOf(ref);
        if (!branch.isEmpty()) {
            return new Ref.AtLsn(branch, lsn);
        }
        if (database.resolve(ref).equals(Optional.of(lsn))) {
            return ref;
        }
        return database.findBranch(branchId)
                .<Ref>map(live -> new Ref.AtLsn(live.name(), lsn))
                .orElseThrow(() -> new UnknownRefException("commit " + lsn + " was made on a branch that was deleted;"
                        + " create a branch at `" + ref + "` and read its commits there"));
    }

    private static Value[] entry(Commit commit, WalEntry entry) {
        return new Value[] {
            ValueBigint.get(commit.lsn().value()),
            ValueBigint.get(entry.lsn().value()),
            text(entry.operation().name()),
            text(entry.collection()),
            text(documentId(entry.documentId())),
            lsn(entry.previousLsn()),
            json(entry.after()),
            json(entry.before()),
            entry.entityName().map(SystemRows::text).orElse(ValueNull.INSTANCE)
        };
    }

    /** Returns one row; none for a database in memory. */
    List<Value[]> storage(Lsns all) {
        if (!database.hasStorage()) {
            return List.of();
        }
        StorageStatus status = database.storage();
        return List.<Value[]>of(new Value[] {
            ValueBigint.get(status.logBytes()),
            ValueBigint.get(status.coldBytes()),
            ValueBigint.get(status.pageBytes()),
            ValueBigint.get(status.cachedBytes()),
            ValueBigint.get(status.snapshots()),
            lsn(status.checkpointLsn()),
            lsn(status.watermark()),
            status.failure().map(SystemRows::text).orElse(ValueNull.INSTANCE)
        });
    }

    /** Verifies the whole database. */
    List<Value[]> findings(Lsns all) {
        List<Value[]> rows = new ArrayList<>();
        for (Finding finding : database.hasStorage() ? database.verify() : List.<Finding>of()) {
            rows.add(new Value[] {text(finding.place()), lsn(finding.lsn()), text(finding.what())});
        }
        return rows;
    }

    private static String documentId(Object id) {
        return id instanceof List<?> || id instanceof byte[] ? JsonText.of(id) : id.toString();
    }

    private static Value json(Map<String, Object> fields) {
        return fields.isEmpty() ? ValueNull.INSTANCE : ValueJson.fromJson(JsonText.of(fields));
    }

    private static Value text(String text) {
        return ValueVarchar.get(text);
    }

    private static Value lsn(Optional<Lsn> lsn) {
        return lsn.isPresent() ? ValueBigint.get(lsn.get().value()) : ValueNull.INSTANCE;
    }

    private static Value lsn(long lsn) {
        return lsn == 0 ? ValueNull.INSTANCE : ValueBigint.get(lsn);
    }

    private static Value time(Instant time) {
        return JSR310Utils.offsetDateTimeToValue(time.atOffset(ZoneOffset.UTC));
    }
}
