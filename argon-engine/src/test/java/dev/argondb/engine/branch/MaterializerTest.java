package dev.argondb.engine.branch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.Ref;
import dev.argondb.engine.Environment;
import dev.argondb.engine.StorageSettings;
import dev.argondb.engine.log.FileLogSettings;
import dev.argondb.engine.model.Shop;
import dev.argondb.engine.state.DatabaseState;
import dev.argondb.engine.volume.MemoryVolume;
import dev.argondb.engine.work.Isolation;
import dev.argondb.engine.work.UnitOfWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What states of the past cost beside the cache of pages. */
class MaterializerTest {

    private static final long CACHE_BYTES = 4 << 20;
    private static final int MAKERS = 10_000;

    private final Storage storage = Storage.open(
            new MemoryVolume(),
            FileLogSettings.DEFAULT,
            StorageSettings.DEFAULT.withoutBackground().withCacheBytes(CACHE_BYTES),
            Shop.FORMAT,
            Environment.SYSTEM);
    private final BranchGraph graph = new BranchGraph(storage.log(), Shop.FORMAT, Environment.SYSTEM, storage);
    private final Random random = new Random(11);

    @BeforeEach
    void fill() {
        UnitOfWork work = begin();
        work.changeSchema(Shop.SCHEMA);
        for (int id = 0; id < MAKERS; id++) {
            work.insert(Shop.MAKERS, id, Shop.maker(id, 0));
        }
        commit(work);
        graph.snapshot();
    }

    @AfterEach
    void close() {
        graph.close();
        storage.close();
    }

    private UnitOfWork begin() {
        return graph.begin(Ref.parse("main"), Isolation.SNAPSHOT, false);
    }

    private static long commit(UnitOfWork work) {
        return work.commit("ann", "").orElseThrow().lsn().value();
    }

    /** Makes so many commits, each of so many changes of the first makers; returns their LSNs. */
    private List<Long> change(int commits, int changes, int makers) {
        List<Long> lsns = new ArrayList<>();
        for (int i = 1; i <= commits; i++) {
            UnitOfWork work = begin();
            for (int j = 0; j < changes; j++) {
                long id = random.nextInt(makers);
                work.update(Shop.MAKERS, id, Shop.maker(id, i));
            }
            lsns.add(commit(work));
        }
        return lsns;
    }

    private DatabaseState past(long lsn) {
        DatabaseState state = graph.state(Ref.parse("main@" + lsn));
        long id = random.nextInt(MAKERS);
        assertThat(Objects.requireNonNull(state.collection(Shop.MAKERS)).get(id))
                .isNotNull();
        return state;
    }

    private long held() {
        return graph.materializer().weightBytes();
    }

    @Test
    void pastStates_howeverMany_holdAPartOfTheCache() {
        List<Long> lsns = change(200, 10, MAKERS / 5);
        graph.snapshot();
        long most = 0;
        for (long lsn : lsns) {
            past(lsn);
            most = Math.max(most, held());
            assertThat(storage.cache().statistics().weightBytes()).isLessThanOrEqualTo(CACHE_BYTES - held());
        }
        assertThat(most).isBetween(CACHE_BYTES / 8, CACHE_BYTES / 4);
    }

    @Test
    void pastState_askedForAgain_isTheSame() {
        List<Long> lsns = change(3, 10, MAKERS);
        graph.snapshot();
        DatabaseState first = past(lsns.get(1));

        assertThat(past(lsns.get(1))).isSameAs(first);
        graph.snapshot();
        assertThat(past(lsns.get(1))).isSameAs(first);
    }

    @Test
    void pastState_heavierThanItsPart_isRememberedAlone() {
        long heavy = change(1, 5000, MAKERS).get(0);
        long next = change(2, 1, MAKERS).get(0);
        graph.snapshot();
        DatabaseState first = past(heavy);
        assertThat(held()).isGreaterThan(CACHE_BYTES / 4);
        assertThat(past(heavy)).isSameAs(first);

        DatabaseState second = past(next);
        assertThat(past(next)).isSameAs(second);
        assertThat(past(heavy)).isNotSameAs(first);
    }

    @Test
    void statesOfCommits_afterTheNextSnapshot_areForgotten() {
        change(3, 4096, MAKERS);
        graph.snapshot();

        assertThat(held()).isZero();
        assertThat(storage.cache().statistics().weightBytes()).isLessThanOrEqualTo(CACHE_BYTES);
    }
}
