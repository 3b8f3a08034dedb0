package dev.argondb.engine.branch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.Ref;
import dev.argondb.engine.Environment;
import dev.argondb.engine.Retention;
import dev.argondb.engine.StorageSettings;
import dev.argondb.engine.log.FileLogSettings;
import dev.argondb.engine.model.Fixture.SteppingClock;
import dev.argondb.engine.model.Shop;
import dev.argondb.engine.volume.MemoryVolume;
import dev.argondb.engine.work.Isolation;
import dev.argondb.engine.work.UnitOfWork;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What retention does by itself, and what that costs. */
class RetainerTest {

    private final SteppingClock clock = new SteppingClock();
    private final Environment environment = new Environment(clock);
    private final Storage storage = Storage.open(
            new MemoryVolume(),
            FileLogSettings.DEFAULT,
            StorageSettings.DEFAULT.withoutBackground().withRetention(new Retention.Window(Duration.ofHours(1))),
            Shop.FORMAT,
            environment);
    private final BranchGraph graph = new BranchGraph(storage.log(), Shop.FORMAT, environment, storage);
    private final Snapshots snapshots = new Snapshots(graph, storage, null, null);
    private final Retainer retainer = new Retainer(graph, snapshots);

    @BeforeEach
    void fill() {
        clock.set("2026-11-24T09:59:00Z");
        UnitOfWork work = begin();
        work.changeSchema(Shop.SCHEMA);
        work.insert(Shop.MAKERS, 1, Shop.maker(1, 0));
        commit(work);
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

    private long write(String time) {
        clock.set("2026-11-24T" + time + ":00Z");
        UnitOfWork work = begin();
        work.update(Shop.MAKERS, 1, Shop.maker(1, graph.lastLsn()));
        return commit(work);
    }

    private void retain(String time) {
        clock.set("2026-11-24T" + time + ":00Z");
        retainer.runInBackground();
    }

    @Test
    void watermark_whileSnapshotsLeaveTheWindow_goesFromOneToTheNextAndTakesNone() {
        write("10:00");
        long first = write("10:01");
        snapshots.takeAll();
        write("10:02");
        long second = write("10:20");
        snapshots.takeAll();
        write("10:21");

        retain("11:10");
        assertThat(snapshots.watermark()).isEqualTo(first);
        retain("11:19");
        assertThat(snapshots.watermark()).isEqualTo(first);
        retain("11:30");
        assertThat(snapshots.watermark()).isEqualTo(second);
        assertThat(graph.cut().chains().stream()
                        .mapToInt(chain -> chain.snapshots().size())
                        .sum())
                .isEqualTo(1);
    }

    @Test
    void watermark_withoutASnapshotForTwoWindows_isThatOfTheSetting() {
        write("10:00");
        long last = write("10:05");
        retain("11:10");
        assertThat(snapshots.watermark()).isZero();

        retain("12:06");
        assertThat(snapshots.watermark()).isEqualTo(last);
    }

    @Test
    void pages_whenNothingChangedSinceTheyWereLookedThrough_areNotLookedThroughAgain() {
        write("10:00");
        snapshots.takeAll();
        write("10:30");
        snapshots.takeAll();
        retain("11:10");
        retain("11:11");
        long reads = storage.cache().statistics().reads();
        long bytes = storage.pages().bytes();
        retain("11:12");

        assertThat(storage.cache().statistics().reads()).isEqualTo(reads);
        assertThat(storage.pages().bytes()).isEqualTo(bytes);
    }

    @Test
    void retention_askedFor_isThatOfTheSetting() {
        write("10:00");
        snapshots.takeAll();
        long last = write("10:05");
        clock.set("2026-11-24T11:10:00Z");
        retainer.run();

        assertThat(snapshots.watermark()).isEqualTo(last);
    }
}
