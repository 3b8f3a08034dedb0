package dev.argondb.engine.page;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.argondb.ClosedException;
import dev.argondb.UnavailableException;
import dev.argondb.engine.volume.Volume;
import dev.argondb.engine.volume.VolumeFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/*
 * Publishing. New files are whole and durable before the list names them; old ones are deleted only after a list without them
 * is durable. If the replacement of the list fails, nobody knows which of the two lists a crash would leave, so the files of
 * both stay; those that are not in use go when a later replacement succeeds, or when the store is opened again.
 */
/**
 * The files of a store: what the list names, and how it changes.
 *
 * <p>Thread-safe: readers take the {@link #view()}; one writer at a time changes it.
 */
final class PageFiles implements AutoCloseable {

    /**
     * The files at one time.
     *
     * @param change counts the changes
     * @param files those with the most pages first: there a page most likely is
     */
    record View(long change, PageFileList list, List<PageFile> files) {

        long bytes() {
            return list.entries().stream().mapToLong(PageFileList.Entry::bytes).sum();
        }
    }

    private final PageStoreSettings settings;
    private final PageFile.Shared shared;
    private final Set<String> doomed = new LinkedHashSet<>();
    private volatile View view;
    private volatile boolean closed;
    private long next;

    PageFiles(Volume volume, PageFileList list, PageStoreSettings settings) {
        this.settings = settings;
        this.shared = new PageFile.Shared(
                volume,
                list.databaseId(),
                Caffeine.newBuilder().maximumSize(settings.cachedIndexBlocks()).build(),
                new OpenFiles(settings.openFiles()),
                new AtomicLong((long) settings.cachedIndexBlocks() * IndexBlock.BYTES));
        this.view = viewOf(0, list, list.entries().stream().map(this::file).toList());
        this.next = list.next();
    }

    /** Returns a whole file, which need not be listed. */
    PageFile file(PageFileList.Entry entry) {
        return new PageFile(shared, entry);
    }

    private static View viewOf(long change, PageFileList list, List<PageFile> files) {
        return new View(
                change,
                list,
                files.stream()
                        .sorted(Comparator.comparingInt(PageFile::pages).reversed())
                        .toList());
    }

    Volume volume() {
        return shared.volume();
    }

    UUID databaseId() {
        return shared.databaseId();
    }

    PageStoreSettings settings() {
        return settings;
    }

    View view() {
        return view;
    }

    /** Keeps a file of the view open until it is given back. Only for the writer, who alone retires files. */
    VolumeFile take(PageFile file) {
        VolumeFile open = file.take();
        if (open == null) {
            requireOpen();
            throw new AssertionError("retired by nobody: " + file.place());
        }
        return open;
    }

    /**
     * Gives files filters, as far as memory is meant for them: for who is about to ask for many pages that are not there. Only for
     * the writer.
     */
    void filter() {
        for (PageFile file : view.files()) {
            VolumeFile open = take(file);
            try {
                file.filter(open);
            } finally {
                file.giveBack();
            }
        }
    }

    /** Begins a file with a number of its own. Only for the writer. */
    PageFileWriter begin() throws IOException {
        return PageFileWriter.begin(volume(), databaseId(), next++, settings);
    }

    /**
     * Lists files, which are durable under their names, and forgets others, all at once. Only for the writer.
     *
     * @throws UnavailableException if that failed: then nothing changed, and the new files are taken care of
     */
    void publish(List<PageFile> added, List<PageFile> dropped) {
        synchronized (this) {
            requireOpen();
            PageFileList list = replaceList(added, dropped);
            Stream<PageFile> kept = view.files().stream().filter(file -> !dropped.contains(file));
            view = viewOf(
                    view.change() + 1, list, Stream.concat(kept, added.stream()).toList());
        }
        dropped.forEach(PageFile::retire);
        doomed.addAll(namesOf(dropped));
        deleteDoomed();
    }

    private PageFileList replaceList(List<PageFile> added, List<PageFile> dropped) {
        PageFileList list = view.list()
                .with(
                        next,
                        added.stream().map(PageFile::entry).toList(),
                        dropped.stream().map(PageFile::number).collect(Collectors.toSet()));
        try {
            list.write(volume());
            return list;
        } catch (IOException e) {
            doomed.addAll(namesOf(added));
            added.forEach(PageFile::retire);
            throw failed(e);
        }
    }

    private static List<String> namesOf(List<PageFile> files) {
        return files.stream().map(file -> file.entry().name()).toList();
    }

    /** Deletes what a durable list does not name. What cannot be deleted now is tried again, at the latest when opened. */
    private void deleteDoomed() {
        for (String name : new ArrayList<>(doomed)) {
            try {
                volume().delete(name);
                doomed.remove(name);
            } catch (IOException e) {
                return;
            }
        }
    }

    /** Deletes a file that no list ever named. Only for the writer. */
    void discard(PageFile file) {
        file.retire();
        doomed.add(file.entry().name());
        deleteUnlisted(file.entry().name());
    }

    private void deleteUnlisted(String name) {
        try {
            volume().delete(name);
            doomed.remove(name);
        } catch (IOException e) {
            doomed.add(name);
        }
    }

    UnavailableException failed(IOException cause) {
        return new UnavailableException(
                "cannot write pages in `" + volume().describe(PageFileList.DIRECTORY) + "`: " + cause.getMessage()
                        + "; what is there stays readable; mend that and try again",
                cause);
    }

    void requireOpen() {
        if (closed) {
            throw new ClosedException("the page store is closed; open the database again");
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        view.files().forEach(PageFile::retire);
    }
}
