package dev.argondb.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.Ref;
import dev.argondb.engine.ArgonDatabase;
import dev.argondb.engine.Environment;
import dev.argondb.engine.Finding;
import dev.argondb.engine.StorageSettings;
import dev.argondb.engine.log.FileLogSettings;
import dev.argondb.engine.model.Fixture;
import dev.argondb.engine.model.Shop;
import dev.argondb.engine.volume.MemoryVolume;
import dev.argondb.engine.volume.VolumeFile;
import dev.argondb.engine.work.Isolation;
import dev.argondb.engine.work.UnitOfWork;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerifyTest {

    private static final StorageSettings BY_HAND =
            StorageSettings.DEFAULT.withoutBackground().withCacheBytes(1 << 20);

    private final MemoryVolume volume = new MemoryVolume();

    private ArgonDatabase open() {
        return ArgonDatabase.open(
                volume, FileLogSettings.DEFAULT.withSegmentBytes(4000), BY_HAND, Shop.FORMAT, Environment.SYSTEM);
    }

    private void fill(ArgonDatabase database) {
        UnitOfWork work = database.begin(new Ref.Head("main"), Isolation.SNAPSHOT);
        work.changeSchema(Shop.SCHEMA);
        for (long i = 1; i <= 300; i++) {
            work.insert(Shop.MAKERS, i, Shop.maker(i, i));
            work.insert(Shop.ITEMS, i, Shop.item(i % 7, i, i));
        }
        work.commit("ann", "filled");
        for (long i = 1; i <= 100; i++) {
            UnitOfWork more = database.begin(new Ref.Head("main"), Isolation.SNAPSHOT);
            more.update(Shop.ITEMS, i, Shop.item(i, 1000 + i, i));
            more.commit("ann", "changed");
            if (i % 30 == 0) {
                database.snapshot();
            }
        }
    }

    @Test
    void verify_ofAWholeDatabase_findsNothing() {
        try (ArgonDatabase database = open()) {
            fill(database);
            database.pack();
            assertThat(database.verify()).isEmpty();
        }
        try (ArgonDatabase database = open()) {
            assertThat(database.verify()).isEmpty();
        }
    }

    @Test
    void verify_withADamagedByteInEachFileOfPages_namesEachFile() throws Exception {
        try (ArgonDatabase database = open()) {
            fill(database);
        }
        List<String> files = volume.list("pages").stream()
                .filter(name -> name.startsWith("pages-"))
                .toList();
        assertThat(files).isNotEmpty();
        for (String file : files) {
            flip("pages/" + file, 200);
        }
        try (ArgonDatabase database = open()) {
            List<Finding> findings = database.verify();
            assertThat(files).allSatisfy(file -> assertThat(findings)
                    .anyMatch(finding -> finding.toString().contains(file)));
        }
    }

    private void flip(String name, long offset) throws Exception {
        try (VolumeFile file = volume.open(name)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            file.read(one, offset);
            one.put(0, (byte) (one.get(0) ^ 1));
            file.write(one.flip(), offset);
            file.sync();
        }
    }

    @Test
    void verify_inMemory_isRefused() {
        try (Fixture shop = Fixture.inMemory()) {
            org.assertj.core.api.Assertions.assertThatThrownBy(
                            () -> shop.database().verify())
                    .isInstanceOf(dev.argondb.UnsupportedException.class)
                    .hasMessage("a database in memory has no snapshots and keeps all history; use one in files");
        }
    }
}
