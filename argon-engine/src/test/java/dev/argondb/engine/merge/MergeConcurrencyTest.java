package dev.argondb.engine.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.Commit;
import dev.argondb.ConflictException;
import dev.argondb.Lsn;
import dev.argondb.MergePlan;
import dev.argondb.MergePolicy;
import dev.argondb.Ref;
import dev.argondb.Resolution;
import dev.argondb.UnknownRefException;
import dev.argondb.engine.model.Fixture;
import dev.argondb.engine.work.UnitOfWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A plan is applied to the head it was made for, once, or not at all. */
class MergeConcurrencyTest {

    private static final int THREADS = 4;
    private static final int ROUNDS = 50;

    private final Fixture shop = Fixture.inMemory();

    @BeforeEach
    void twoBranches() {
        shop.setMaker("main", 1, 10);
        shop.branch("sale", "main");
        shop.setMaker("sale", 1, 11);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private MergePlan plan() {
        return shop.database().merging().planMerge(Ref.parse("sale"), "main", MergePolicy.NONE, DocumentRules.NONE);
    }

    private Commit apply(MergePlan plan) {
        return shop.database().merging().merge(plan, "", "").orElseThrow();
    }

    @Test
    void plan_afterTheTargetMoved_isRefused() {
        Lsn before = shop.database().branch("main").headLsn().orElseThrow();
        MergePlan plan = plan();
        Lsn now = shop.setMaker("main", 2, 20);

        assertThatThrownBy(() -> apply(plan))
                .isInstanceOf(ConflictException.class)
                .hasMessage("the plan was made for `main` at lsn " + before + ", which is at lsn " + now
                        + " by now; plan again");
        assertThatThrownBy(() -> plan.resolveAll(Resolution.Side.OURS)).isInstanceOf(ConflictException.class);
        assertThat(shop.makers("main")).isEqualTo(Map.of(1L, 10L, 2L, 20L));
    }

    @Test
    void plan_afterTheSourceMoved_mergesWhatItWasMadeOf() {
        MergePlan plan = plan();
        shop.setMaker("sale", 1, 12);

        apply(plan);

        assertThat(shop.makers("main")).containsEntry(1L, 11L);
        apply(plan());
        assertThat(shop.makers("main")).containsEntry(1L, 12L);
    }

    @Test
    void plan_afterTheSourceWasDeleted_isRefused() {
        MergePlan plan = plan();
        long theirs = plan.sourceLsn().orElseThrow().value();
        shop.database().deleteBranch("sale");

        assertThatThrownBy(() -> apply(plan))
                .isInstanceOf(ConflictException.class)
                .hasMessage("what is merged, lsn " + theirs + ", was given up meanwhile: no branch or tag leads to it"
                        + " any more; nothing was committed");
        assertThat(shop.makers("main")).isEqualTo(Map.of(1L, 10L));
    }

    @Test
    void plan_afterTheTargetWasDeleted_isRefused() {
        shop.branch("other", "main");
        MergePlan plan =
                shop.database().merging().planMerge(Ref.parse("sale"), "other", MergePolicy.NONE, DocumentRules.NONE);
        shop.database().deleteBranch("other");

        assertThatThrownBy(() -> apply(plan))
                .isInstanceOf(UnknownRefException.class)
                .hasMessage("branch `other`, which the plan was made for, was deleted");
    }

    @Test
    void plan_afterARenaming_isAppliedAllTheSame() {
        MergePlan plan = plan();
        shop.database().renameBranch("main", "trunk");

        apply(plan);

        assertThat(shop.makers("trunk")).containsEntry(1L, 11L);
    }

    @Test
    void transaction_begunBeforeAMerge_isCarriedOverIt() {
        UnitOfWork work = shop.begin("main");
        shop.putMaker(work, 2, 20);
        apply(plan());

        shop.commit(work);

        assertThat(shop.makers("main")).isEqualTo(Map.of(1L, 11L, 2L, 20L));
    }

    @Test
    void oneApplied_byManyThreadsAtOnce_isAppliedOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                shop.setMaker("sale", 1, 100 + round);
                MergePlan plan = plan();
                CyclicBarrier start = new CyclicBarrier(THREADS);
                List<Future<Boolean>> done = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    done.add(threads.submit(() -> {
                        start.await();
                        return tryApply(plan);
                    }));
                }
                int applied = 0;
                for (Future<Boolean> each : done) {
                    applied += each.get() ? 1 : 0;
                }
                assertThat(applied).as("round " + round).isEqualTo(1);
                assertThat(shop.makers("main")).containsEntry(1L, 100L + round);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private boolean tryApply(MergePlan plan) {
        try {
            apply(plan);
            return true;
        } catch (ConflictException e) {
            assertThat(e).hasMessageContaining("plan again");
            return false;
        }
    }
}
