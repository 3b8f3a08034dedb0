package dev.argondb.engine.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.InvalidRequestException;
import dev.argondb.UnavailableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryVolumeTest {

    private static final int WRITES = 400;

    @TempDir
    Path temporary;

    private Path directory = Path.of("");
    private DirectoryVolume volume;

    @BeforeEach
    void openVolume() throws Exception {
        directory = temporary.toRealPath().resolve("a/b");
        volume = DirectoryVolume.at(directory);
    }

    /** Holds the lock of a directory until its standard input ends. */
    static final class Holder {

        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            try (VolumeLock lock = DirectoryVolume.at(Path.of(arguments[0])).lock("LOCK")) {
                System.out.println("locked " + lock);
                while (System.in.read() >= 0) {}
            }
        }
    }

    private Process startHolder() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        assertThat(output.readLine()).startsWith("locked");
        return process;
    }

    @Test
    void lock_heldByAnotherProcess_isRefusedWithItsIdUntilItEnds() throws Exception {
        Process holder = startHolder();
        try {
            assertThatThrownBy(() -> volume.lock("LOCK"))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessage("directory `" + directory + "` is open in process " + holder.pid()
                            + "; stop it, or use a shared log");
        } finally {
            holder.destroyForcibly().waitFor();
        }
        volume.lock("LOCK").close();
    }

    @Test
    void lock_heldInThisProcess_isRefusedWhateverTheSpelling() throws Exception {
        DirectoryVolume same = DirectoryVolume.at(directory.resolve("../b"));
        VolumeLock lock = volume.lock("LOCK");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> same.lock("LOCK"))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessage("directory `" + directory + "` is already open in this process ("
                            + ProcessHandle.current().pid() + "); use that instance, or close it first");
        }
        lock.close();
        lock.close();
        same.lock("LOCK").close();
    }

    @Test
    void lock_refusedInThisProcess_staysClosedToOthers() throws Exception {
        try (VolumeLock lock = volume.lock("LOCK")) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> volume.lock("LOCK")).isInstanceOf(UnavailableException.class);
            assertThatThrownBy(this::startHolder).isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void at_aFile_isRefused() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> DirectoryVolume.at(file))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("`" + file + "` is a file, not a directory; name another path");
    }

    @Test
    void write_anywhere_readsTheSame() throws Exception {
        byte[] large = new byte[700_000];
        new Random(1).nextBytes(large);
        try (VolumeFile file = volume.create("x")) {
            file.write(ByteBuffer.wrap(large), 5);
            file.sync();
            assertThat(file.size()).isEqualTo(700_005);
            ByteBuffer target = ByteBuffer.allocate(800_000);
            assertThat(file.read(target, 5)).isEqualTo(700_000);
            assertThat(target.flip()).isEqualTo(ByteBuffer.wrap(large));
            assertThat(file.read(ByteBuffer.allocate(1), 700_005)).isZero();
            file.truncate(3);
            assertThat(file.size()).isEqualTo(3);
        }
    }

    @Test
    void files_createRenameListDelete_areSeen() throws Exception {
        volume.createDirectory("d");
        volume.create("d/one").close();
        volume.create("d/two").close();
        volume.rename("d/one", "d/three");
        volume.rename("d/three", "d/two");
        volume.syncDirectory("d");
        assertThat(volume.list("d")).containsExactly("two");
        assertThat(volume.list("none")).isEmpty();
        assertThat(volume.exists("d/two")).isTrue();
        assertThatThrownBy(() -> volume.create("d/two")).isInstanceOf(FileAlreadyExistsException.class);
        volume.delete("d/two");
        volume.delete("d/two");
        assertThatThrownBy(() -> volume.open("d/two")).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> volume.openForRead("d/two")).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void operations_inAnInterruptedThread_succeedAndKeepTheInterrupt() throws Exception {
        try (VolumeFile file = volume.create("x")) {
            Thread.currentThread().interrupt();
            file.write(ByteBuffer.wrap(new byte[10]), 0);
            file.sync();
            assertThat(file.read(ByteBuffer.allocate(10), 0)).isEqualTo(10);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(file.size()).isEqualTo(10);
        }
    }

    @Test
    void operations_interruptedInTheirMiddle_succeedAndKeepTheInterrupt() throws Exception {
        try (VolumeFile file = volume.create("x")) {
            Thread writer = new Thread(() -> writeUntilInterrupted(file));
            writer.start();
            for (int i = 0; i < 200 && writer.isAlive(); i++) {
                Thread.sleep(1);
                writer.interrupt();
            }
            writer.join(10_000);
            assertThat(writer.isAlive()).isFalse();
            assertThat(file.size()).isEqualTo(WRITES);
            ByteBuffer all = ByteBuffer.allocate(WRITES);
            file.read(all, 0);
            assertThat(all.array()).containsOnly(7);
        }
    }

    private static void writeUntilInterrupted(VolumeFile file) {
        try {
            for (int i = 0; i < WRITES; i++) {
                file.write(ByteBuffer.wrap(new byte[] {7}), i);
                file.sync();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
