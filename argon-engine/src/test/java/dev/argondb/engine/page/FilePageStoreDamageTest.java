package dev.argondb.engine.page;

import static dev.argondb.engine.page.PageSamples.commit;
import static dev.argondb.engine.page.PageSamples.findings;
import static dev.argondb.engine.page.PageSamples.pages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.ArgonException;
import dev.argondb.CorruptDataException;
import dev.argondb.UnsupportedException;
import dev.argondb.engine.format.ByteSink;
import dev.argondb.engine.format.ChecksummedText;
import dev.argondb.engine.format.FileHeader;
import dev.argondb.engine.volume.MemoryVolume;
import dev.argondb.engine.volume.VolumeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Damages the files of a small store, and requires an error or the right answer. */
final class FilePageStoreDamageTest {

    private static final String LIST = "pages/files";
    private static final String FIRST = "pages/pages-00000001";
    private static final String SECOND = "pages/pages-00000002";

    private final MemoryVolume volume = new MemoryVolume();
    private final Map<PageId, byte[]> first = new TreeMap<>();
    private final Map<PageId, byte[]> all = new TreeMap<>();

    @BeforeEach
    void makeStore() {
        Random random = new Random(1);
        try (FilePageStore store = open(volume)) {
            first.putAll(commit(store, pages(random, 12, 400)));
            all.putAll(first);
            all.putAll(commit(store, pages(random, 5, 400)));
        }
    }

    private static FilePageStore open(MemoryVolume volume) {
        return FilePageStore.open(volume, PageSamples.DATABASE, PageStoreSettings.DEFAULT);
    }

    private void assertCorrupt(String message) {
        assertThatThrownBy(() -> open(volume).close())
                .isInstanceOf(CorruptDataException.class)
                .hasMessage(message);
    }

    @Test
    void anyByteFlipped_readsAndVerification_failOrAreRight() throws IOException {
        for (String name : List.of(LIST, FIRST, SECOND)) {
            byte[] whole = volume.bytes(name);
            for (int i = 0; i < whole.length; i++) {
                byte[] flipped = whole.clone();
                flipped[i] ^= (byte) (1 << i % 8);
                volume.put(name, flipped);
                assertErrorOrRight(name + " at " + i);
            }
            volume.put(name, whole);
        }
    }

    private void assertErrorOrRight(String where) {
        try (FilePageStore store = open(volume)) {
            assertThat(findings(store)).as(where).isNotEmpty();
            all.forEach((id, content) -> assertErrorOrRight(store, id, content, where));
        } catch (CorruptDataException | UnsupportedException expected) {
            assertThat(expected).as(where).hasMessageContaining("memory/pages/");
        }
    }

    private static void assertErrorOrRight(FilePageStore store, PageId id, byte[] content, String where) {
        byte[] found;
        try {
            found = store.read(id);
        } catch (ArgonException expected) {
            assertThat(expected).as(where).isInstanceOf(CorruptDataException.class);
            return;
        }
        assertThat(Arrays.equals(found, content)).as(where).isTrue();
    }

    @Test
    void anyCut_isRefusedAtOpen() throws IOException {
        byte[] whole = volume.bytes(FIRST);
        volume.put(FIRST, Arrays.copyOf(whole, whole.length - 1));
        assertCorrupt("file of pages cut short: `memory/" + FIRST + "` should have " + whole.length + " bytes, but has "
                + (whole.length - 1) + "; restore the file from a copy");
        volume.put(FIRST, Arrays.copyOf(whole, whole.length + 1));
        assertCorrupt("file of pages too long: `memory/" + FIRST + "` should have " + whole.length + " bytes, but has "
                + (whole.length + 1) + "; restore the file from a copy");
    }

    @Test
    void listedFileMissing_isRefusedAtOpen() throws IOException {
        volume.delete(SECOND);
        assertCorrupt("file of pages `memory/" + SECOND + "` is missing; restore the file from a copy");
    }

    @Test
    void listMissing_isRefusedAtOpen() throws IOException {
        volume.delete(LIST);
        assertCorrupt("`memory/" + LIST + "` is missing, but there are pages in `memory/" + FIRST
                + "`; restore the missing file from a copy");
    }

    @Test
    void filesOfAnotherDatabase_areRefused() {
        UUID other = new UUID(1, 2);
        assertThatThrownBy(() -> FilePageStore.open(volume, other, PageStoreSettings.DEFAULT))
                .isInstanceOf(CorruptDataException.class)
                .hasMessage("`memory/" + LIST + "` is of another database: expected `" + other + "`, found `"
                        + PageSamples.DATABASE + "`; restore the file from a copy");
    }

    @Test
    void listOfANewerFormat_isRefused() throws IOException {
        List<String> lines = new ArrayList<>(ChecksummedText.read(volume, LIST));
        lines.set(1, "format=2");
        ChecksummedText.write(volume, "pages", LIST, lines);
        assertThatThrownBy(() -> open(volume))
                .isInstanceOf(UnsupportedException.class)
                .hasMessage("`memory/" + LIST
                        + "` has format 2, this version of Argon reads up to 1; use a newer version of Argon");
    }

    @Test
    void listThatIsNone_isRefused() throws IOException {
        List<String> lines = new ArrayList<>(ChecksummedText.read(volume, LIST));
        lines.set(4, "file=1 2");
        ChecksummedText.write(volume, "pages", LIST, lines);
        assertThatThrownBy(() -> open(volume))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageStartingWith("`memory/" + LIST + "` is not a list of files of pages: found `# Files");
    }

    @Test
    void swappedFiles_areNoticed() throws IOException {
        byte[] bytes = volume.bytes(FIRST);
        bytes[39] = 9;
        volume.put(FIRST, bytes);
        try (FilePageStore store = open(volume)) {
            PageId id = first.keySet().iterator().next();
            assertThatThrownBy(() -> store.read(id))
                    .isInstanceOf(CorruptDataException.class)
                    .hasMessageMatching("header checksum mismatch in `memory/" + FIRST
                            + "` at offset 0: expected `[0-9a-f]{16}`, found `[0-9a-f]{16}`;"
                            + " restore the file from a copy");
        }
    }

    @Test
    void damagedPage_isNamedWithPlaceAndTheOthersAreRead() throws IOException {
        byte[] bytes = volume.bytes(FIRST);
        int payload = FileHeader.BYTES + PageFrame.HEADER_BYTES;
        bytes[payload] ^= 1;
        volume.put(FIRST, bytes);
        try (FilePageStore store = open(volume)) {
            List<PageId> damaged =
                    first.keySet().stream().filter(id -> !isReadable(store, id)).toList();
            assertThat(damaged).hasSize(1);
            String place = "`memory/" + FIRST + "` at offset " + FileHeader.BYTES + " (page " + damaged.get(0) + ")";
            assertThatThrownBy(() -> store.read(damaged.get(0)))
                    .isInstanceOf(CorruptDataException.class)
                    .hasMessageMatching("page checksum mismatch in \\Q" + place
                            + "\\E: expected `[0-9a-f]{8}`, found `[0-9a-f]{8}`; run `verify`");
            assertThat(findings(store)).hasSize(1);
            assertThat(findings(store).get(0)).startsWith(place + ": page checksum mismatch: expected `");
        }
    }

    private static boolean isReadable(PageStore store, PageId id) {
        try {
            store.read(id);
            return true;
        } catch (CorruptDataException e) {
            return false;
        }
    }

    @Test
    void verify_manyDamages_reportsAll() throws IOException {
        damage(FIRST, FileHeader.BYTES + 20, FileHeader.BYTES + PageFrame.HEADER_BYTES);
        byte[] bytes = volume.bytes(SECOND);
        damage(SECOND, bytes.length - PageFooter.BYTES - 1);
        try (FilePageStore store = open(volume)) {
            List<String> findings = findings(store);
            assertThat(findings).anyMatch(line -> line.contains(FIRST) && line.contains("page checksum mismatch"));
            assertThat(findings).anyMatch(line -> line.contains(SECOND) && line.contains("index checksum mismatch"));
            assertThat(findings).anyMatch(line -> line.contains("bytes that the index does not know"));
        }
    }

    @Test
    void verify_fileDamagedAfterItWasRead_isFound() throws IOException {
        try (FilePageStore store = open(volume)) {
            assertThat(findings(store)).isEmpty();
            try (VolumeFile file = volume.open(FIRST)) {
                file.write(ByteBuffer.wrap(new byte[] {1}), 20);
            }
            assertThat(findings(store))
                    .hasSize(1)
                    .allMatch(line -> line.contains("header checksum mismatch in `memory/" + FIRST));
        }
    }

    @Test
    void verify_headerDamaged_goesOnWithTheRest() throws IOException {
        damage(FIRST, 20, FileHeader.BYTES + PageFrame.HEADER_BYTES);
        try (FilePageStore store = open(volume)) {
            assertThat(findings(store)).hasSize(2);
        }
    }

    private void damage(String name, int... offsets) throws IOException {
        byte[] bytes = volume.bytes(name);
        for (int offset : offsets) {
            bytes[offset] ^= 0x10;
        }
        volume.put(name, bytes);
    }

    @Test
    void retain_damagedLivePage_failsAndLosesNothing() throws IOException {
        damage(FIRST, FileHeader.BYTES + PageFrame.HEADER_BYTES);
        try (FilePageStore store = open(volume)) {
            List<PageId> whole =
                    all.keySet().stream().filter(id -> isReadable(store, id)).toList();
            PageId dead = whole.stream().filter(first::containsKey).findFirst().orElseThrow();
            assertThatThrownBy(() -> store.retain(id -> !id.equals(dead)))
                    .isInstanceOf(CorruptDataException.class)
                    .hasMessageStartingWith("page checksum mismatch");
            assertThat(whole).allMatch(id -> isReadable(store, id));
        }
        assertThat(volume.names()).containsExactly(LIST, FIRST, SECOND);
    }

    @Test
    void retain_damagedDeadPage_getsRidOfIt() throws IOException {
        damage(FIRST, FileHeader.BYTES + PageFrame.HEADER_BYTES);
        try (FilePageStore store = open(volume)) {
            List<PageId> whole =
                    all.keySet().stream().filter(id -> isReadable(store, id)).toList();
            store.retain(whole::contains);
            assertThat(findings(store)).isEmpty();
            assertThat(whole).allMatch(id -> isReadable(store, id));
        }
    }

    @Test
    void frame_contentNotOfItsId_isFoundByVerification() throws IOException {
        MemoryVolume forged = new MemoryVolume();
        PageId id = new PageId(1, 2);
        try (FilePageStore store = open(forged)) {
            assertThat(store.fileCount()).isZero();
        }
        byte[] content = {1, 2, 3};
        try (PageFileWriter writer = PageFileWriter.begin(forged, PageSamples.DATABASE, 1, PageStoreSettings.DEFAULT)) {
            writer.add(id, content.length, content, 0, content.length);
            PageFileList.Entry entry = writer.finish();
            new PageFileList(PageSamples.DATABASE, 2, List.of(entry)).write(forged);
        }
        try (FilePageStore store = open(forged)) {
            assertThat(findings(store)).hasSize(1);
            assertThat(findings(store).get(0))
                    .isEqualTo("`memory/" + FIRST + "` at offset 44 (page " + id
                            + "): page of another content: expected `" + id + "`, found `"
                            + PageSamples.idOf(content) + "`");
        }
    }

    @Test
    void frame_thatIsNoZstd_isRefused() throws IOException {
        ByteSink sink = new ByteSink(100);
        PageId id = new PageId(1, 2);
        byte[] stored = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        PageFrame.putHeader(sink, id, 100, stored, 0, stored.length);
        sink.putBytes(stored, 0, stored.length);
        PageFrame frame = new PageFrame(sink.toBuffer(), 0);
        PageFrame.Place place = new PageFrame.Place(id, 44, stored.length);
        assertThat(frame.damage(place, "f")).isNull();
        assertThatThrownBy(() -> PageContent.of(frame, place, "f"))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageStartingWith("page that cannot be decompressed in `f` at offset 44 (page " + id
                        + "): expected `zstd`, found `");
    }
}
