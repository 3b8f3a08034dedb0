package dev.argondb.engine.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.Commit;
import dev.argondb.Lsn;
import dev.argondb.MergeConflict;
import dev.argondb.MergePlan;
import dev.argondb.MergePolicy;
import dev.argondb.Ref;
import dev.argondb.Resolution.Side;
import dev.argondb.engine.StorageSettings;
import dev.argondb.engine.model.Fixture;
import dev.argondb.engine.model.Shop;
import dev.argondb.engine.state.CollectionState;
import dev.argondb.engine.state.Record;
import dev.argondb.engine.tree.TreeCursor;
import dev.argondb.engine.volume.MemoryVolume;
import dev.argondb.engine.work.UnitOfWork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Commits, forks, merges, repeated and crosswise, undone commits, deleted branches, snapshots and restarts, in random order, on the
 * engine over a file log and on a model: a graph of commits, each with a map of two-field documents, merged by brute force. The
 * seed stands in every failure.
 */
class MergeModelTest {

    private static final int STEPS = 400;
    private static final int KEYS = 8;
    private static final int MOST_BRANCHES = 6;
    private static final StorageSettings BY_HAND =
            StorageSettings.DEFAULT.withoutBackground().withCacheBytes(1 << 20);
    /** A base that equals neither side. */
    private static final Long UNKNOWN = Long.MIN_VALUE;

    /** A document: its group and its code. */
    private record Doc(Long group, Long code) {

        boolean isKnown() {
            return !group.equals(UNKNOWN) && !code.equals(UNKNOWN);
        }
    }

    /** A commit of the model. */
    private static final class Node {
        private final long lsn;
        private final List<Node> parents;
        private final TreeMap<Long, Doc> documents;
        private final Set<Node> older = new HashSet<>();

        Node(long lsn, List<Node> parents, TreeMap<Long, Doc> documents) {
            this.lsn = lsn;
            this.parents = parents;
            this.documents = documents;
            parents.forEach(parent -> {
                older.add(parent);
                older.addAll(parent.older);
            });
        }

        long lsn() {
            return lsn;
        }

        List<Node> parents() {
            return parents;
        }

        TreeMap<Long, Doc> documents() {
            return documents;
        }

        Set<Node> ancestors() {
            Set<Node> all = new HashSet<>(older);
            all.add(this);
            return all;
        }
    }

    /** What a merge of the model comes to. */
    private record Merged(TreeMap<Long, Doc> documents, TreeSet<String> conflicts, boolean isAgreed) {}

    private final MemoryVolume volume = new MemoryVolume();
    private final Map<String, Node> branches = new TreeMap<>();
    private Random random = new Random(0);
    private Fixture shop = new Fixture(volume, BY_HAND);
    private int names;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void engine_randomMerges_equalsModel(long seed) {
        random = new Random(seed);
        branches.put("main", new Node(head("main"), List.of(), new TreeMap<>()));
        for (int step = 0; step < STEPS; step++) {
            try {
                step();
                branches.forEach((name, node) -> assertThat(documents(name)).isEqualTo(node.documents()));
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ", step " + step + ": " + e, e);
            }
        }
        shop.close();
    }

    private void step() {
        int dice = random.nextInt(100);
        if (dice < 45) {
            commit(anyBranch());
        } else if (dice < 75) {
            merge(anyBranch(), anyBranch());
        } else if (dice < 83 && branches.size() < MOST_BRANCHES) {
            fork();
        } else if (dice < 88) {
            undo(anyBranch());
        } else if (dice < 92 && branches.size() > 2) {
            delete();
        } else if (dice < 96) {
            shop.database().snapshot();
        } else {
            shop.close();
            shop = new Fixture(volume, BY_HAND);
        }
    }

    private String anyBranch() {
        List<String> all = new ArrayList<>(branches.keySet());
        return all.get(random.nextInt(all.size()));
    }

    private Node node(String branch) {
        return Objects.requireNonNull(branches.get(branch));
    }

    private long head(String branch) {
        return shop.database().branch(branch).headLsn().map(Lsn::value).orElse(0L);
    }

    private TreeMap<Long, Doc> documents(String ref) {
        CollectionState items =
                Objects.requireNonNull(shop.database().state(Ref.parse(ref)).collection(Shop.ITEMS));
        TreeMap<Long, Doc> documents = new TreeMap<>();
        TreeCursor<Record> cursor = items.tree().cursor();
        while (cursor.next()) {
            Map<String, Object> values = items.format().values(cursor.value().document());
            documents.put(cursor.longKey(), new Doc(number(values, "grp"), number(values, "code")));
        }
        return documents;
    }

    private static Long number(Map<String, Object> values, String field) {
        return (Long) Objects.requireNonNull(values.get(field));
    }

    private void commit(String branch) {
        Node head = node(branch);
        TreeMap<Long, Doc> documents = new TreeMap<>(head.documents());
        UnitOfWork work = shop.begin(branch);
        for (int i = 0; i <= random.nextInt(3); i++) {
            write(work, documents, random.nextInt(KEYS));
        }
        Optional<Commit> commit = work.commit("", "");
        commit.ifPresent(done -> branches.put(branch, new Node(done.lsn().value(), List.of(head), documents)));
    }

    private void write(UnitOfWork work, TreeMap<Long, Doc> documents, long key) {
        Doc old = documents.get(key);
        if (old != null && random.nextInt(4) == 0) {
            work.delete(Shop.ITEMS, key);
            documents.remove(key);
            return;
        }
        // Codes of different keys are different: the unique key never breaks.
        Doc now = new Doc(
                (old != null && random.nextBoolean()) ? old.group() : Long.valueOf(random.nextInt(3)),
                (old != null && random.nextBoolean()) ? old.code() : Long.valueOf(key * 10 + random.nextInt(3)));
        if (old == null) {
            work.insert(Shop.ITEMS, key, Shop.item(now.group(), now.code(), null));
        } else {
            work.update(Shop.ITEMS, key, Shop.item(now.group(), now.code(), null));
        }
        documents.put(key, now);
    }

    private void fork() {
        String from = anyBranch();
        Node at = node(from);
        for (int back = random.nextInt(4); back > 0 && !at.parents().isEmpty(); back--) {
            at = at.parents().get(0);
        }
        String name = "b" + names++;
        shop.branch(name, at.equals(node(from)) ? from : from + "@" + at.lsn());
        branches.put(name, at);
    }

    private void delete() {
        String name = anyBranch();
        if (!name.equals("main")) {
            shop.database().deleteBranch(name);
            branches.remove(name);
        }
    }

    private void merge(String source, String target) {
        Node ours = node(target);
        Node theirs = node(source);
        MergePlan plan =
                shop.database().merging().planMerge(Ref.parse(source), target, MergePolicy.NONE, DocumentRules.NONE);
        Side side = random.nextBoolean() ? Side.OURS : Side.THEIRS;
        boolean isHeld = ours.ancestors().contains(theirs);
        Merged open = merged(bases(ours, theirs), ours, theirs, Side.OURS);
        if (isHeld) {
            assertThat(plan.isAlreadyMerged()).isTrue();
            return;
        }
        assertThat(ids(plan)).isEqualTo(open.conflicts());
        Merged expected = merged(bases(ours, theirs), ours, theirs, side);
        Optional<Commit> commit = shop.database().merging().merge(plan.resolveAll(side), "", "");
        boolean isChanged = !expected.documents().equals(ours.documents());
        assertThat(commit.isPresent())
                .isEqualTo(isChanged || expected.isAgreed() || !open.conflicts().isEmpty());
        commit.ifPresent(done ->
                branches.put(target, new Node(done.lsn().value(), List.of(ours, theirs), expected.documents())));
    }

    private static TreeSet<String> ids(MergePlan plan) {
        TreeSet<String> ids = new TreeSet<>();
        plan.conflicts().stream().map(MergeConflict::id).forEach(ids::add);
        return ids;
    }

    private void undo(String branch) {
        Node head = node(branch);
        Node undone = head;
        for (int back = random.nextInt(3);
                back > 0
                        && !undone.parents().isEmpty()
                        && !undone.parents().get(0).parents().isEmpty();
                back--) {
            undone = undone.parents().get(0);
        }
        if (undone.parents().isEmpty()) {
            return;
        }
        Lsn lsn = new Lsn(undone.lsn());
        MergePlan plan = shop.database().merging().planRevert(branch, lsn, lsn, MergePolicy.NONE, DocumentRules.NONE);
        Node before = undone.parents().get(0);
        Merged open = merged(List.of(undone), head, before, Side.OURS);
        assertThat(ids(plan)).isEqualTo(open.conflicts());
        Merged expected = merged(List.of(undone), head, before, Side.THEIRS);
        Optional<Commit> commit = shop.database().merging().merge(plan.resolveAll(Side.THEIRS), "", "");
        assertThat(commit.isPresent()).isEqualTo(!expected.documents().equals(head.documents()));
        commit.ifPresent(
                done -> branches.put(branch, new Node(done.lsn().value(), List.of(head), expected.documents())));
    }

    // ---- the model's merge

    private static List<Node> bases(Node a, Node b) {
        Set<Node> common = a.ancestors();
        common.retainAll(b.ancestors());
        List<Node> best = new ArrayList<>();
        for (Node node : common) {
            boolean isCovered = common.stream().anyMatch(other -> other.older.contains(node));
            if (!isCovered) {
                best.add(node);
            }
        }
        best.sort((x, y) -> Long.compare(y.lsn(), x.lsn()));
        return best;
    }

    private static @Nullable Doc base(List<Node> bases, long key) {
        Doc base = bases.get(0).documents().get(key);
        for (Node other : bases.subList(1, bases.size())) {
            Doc next = other.documents().get(key);
            if (!Objects.equals(base, next)) {
                base = virtual(base(bases(bases.get(0), other), key), base, next);
            }
        }
        return base;
    }

    private static @Nullable Doc virtual(@Nullable Doc base, @Nullable Doc a, @Nullable Doc b) {
        boolean isKnown = base == null || base.isKnown();
        if (isKnown && Objects.equals(base, a)) {
            return b;
        } else if (isKnown && Objects.equals(base, b)) {
            return a;
        } else if (a == null || b == null) {
            return new Doc(UNKNOWN, UNKNOWN);
        }
        return new Doc(
                virtual(base == null ? null : base.group(), a.group(), b.group()),
                virtual(base == null ? null : base.code(), a.code(), b.code()));
    }

    private static Long virtual(@Nullable Long base, Long a, Long b) {
        boolean isKnown = !UNKNOWN.equals(base);
        if (a.equals(b) || (isKnown && b.equals(base))) {
            return a;
        }
        return isKnown && a.equals(base) ? b : UNKNOWN;
    }

    private static Merged merged(List<Node> bases, Node ours, Node theirs, Side side) {
        TreeMap<Long, Doc> documents = new TreeMap<>(ours.documents());
        TreeSet<String> conflicts = new TreeSet<>();
        boolean[] isAgreed = {false};
        for (long key = 0; key < KEYS; key++) {
            Doc base = base(bases, key);
            Doc o = ours.documents().get(key);
            Doc t = theirs.documents().get(key);
            Doc result = one(key, base, o, t, side, conflicts, isAgreed);
            if (result == null) {
                documents.remove(key);
            } else {
                documents.put(key, result);
            }
        }
        return new Merged(documents, conflicts, isAgreed[0]);
    }

    private static @Nullable Doc one(
            long key,
            @Nullable Doc base,
            @Nullable Doc o,
            @Nullable Doc t,
            Side side,
            Set<String> conflicts,
            boolean[] isAgreed) {
        if (Objects.equals(base, t)) {
            return o;
        } else if (Objects.equals(o, t)) {
            isAgreed[0] = true;
            return o;
        } else if (Objects.equals(base, o)) {
            return t;
        } else if (o == null || t == null) {
            conflicts.add("UPDATE_DELETE item[" + key + "]");
            return side == Side.OURS ? o : t;
        } else if (base == null) {
            conflicts.add("INSERT_INSERT item[" + key + "]");
            return side == Side.OURS ? o : t;
        }
        Map<String, Long> fields = new HashMap<>();
        fields.put("grp", field(key, "grp", new Long[] {base.group(), o.group(), t.group()}, side, conflicts));
        fields.put("code", field(key, "code", new Long[] {base.code(), o.code(), t.code()}, side, conflicts));
        Doc merged = new Doc(Objects.requireNonNull(fields.get("grp")), Objects.requireNonNull(fields.get("code")));
        isAgreed[0] |= merged.equals(o);
        return merged;
    }

    private static Long field(long key, String name, Long[] values, Side side, Set<String> conflicts) {
        if (values[1].equals(values[2]) || values[2].equals(values[0])) {
            return values[1];
        } else if (values[1].equals(values[0])) {
            return values[2];
        }
        conflicts.add("FIELD item[" + key + "]." + name);
        return side == Side.OURS ? values[1] : values[2];
    }
}
