package dev.argondb.engine.page;

import com.github.benmanes.caffeine.cache.Cache;
import dev.argondb.CorruptDataException;
import dev.argondb.UnavailableException;
import dev.argondb.engine.format.FileHeader;
import dev.argondb.engine.volume.Volume;
import dev.argondb.engine.volume.VolumeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/*
 * Search. Ids are hashes, so the block that holds one can be guessed from its value: the error of the guess grows with the
 * square root of the number of pages, and each block that is read says how far it is from the goal. A few guesses do, and
 * after those the range is halved, so that no index, however it came about, is searched for long.
 */
/**
 * A whole file of pages, to read.
 *
 * <pre>
 * file     = header frame* block* footer
 * header   : {@link FileHeader}, kind PAGES, version 1
 * frame    : {@link PageFrame}
 * block    : {@link IndexBlock}
 * footer   : {@link PageFooter}
 * </pre>
 *
 * Between {@link #take()} and {@link #giveBack()} it stays open, whatever happens to its name.
 *
 * <p>Thread-safe.
 */
final class PageFile {

    static final int VERSION = 1;

    private static final int GUESSES = 6;

    /** What all files of a store share; filters may still take so many bytes. */
    record Shared(
            Volume volume,
            UUID databaseId,
            Cache<Long, IndexBlock> blocks,
            OpenFiles openFiles,
            AtomicLong bytesForFilters) {}

    private final Shared shared;
    private final PageFileList.Entry entry;
    private final FileHeader header;
    private final int salt;
    private final String place;
    private volatile @Nullable PageFilter filter;
    private @Nullable VolumeFile open;
    private boolean checked;
    private boolean retired;
    private int users;

    PageFile(Shared shared, PageFileList.Entry entry) {
        this.shared = shared;
        this.entry = entry;
        this.header = header(shared.databaseId(), entry.number());
        this.salt = header.crc();
        this.place = shared.volume().describe(entry.name());
    }

    static FileHeader header(UUID databaseId, long number) {
        return new FileHeader(FileHeader.Kind.PAGES, VERSION, databaseId, number);
    }

    PageFileList.Entry entry() {
        return entry;
    }

    long number() {
        return entry.number();
    }

    int pages() {
        return entry.pages();
    }

    /** Returns the full name, for messages. */
    String place() {
        return place;
    }

    long indexOffset() {
        return PageFooter.indexOffset(entry);
    }

    /** Keeps the file open until it is given back; null if it was retired. Its header and footer are whole. */
    @Nullable
    VolumeFile take() {
        return take(true);
    }

    /** Keeps the file open as {@link #take()} does, be it whole or not. */
    @Nullable
    VolumeFile takeAsItIs() {
        return take(false);
    }

    private @Nullable VolumeFile take(boolean whole) {
        VolumeFile file;
        boolean opened = false;
        synchronized (this) {
            if (retired) {
                return null;
            }
            file = open;
            if (file == null) {
                file = openFile();
                open = file;
                opened = true;
            }
            if (whole && !checked) {
                requireWhole(file);
                checked = true;
            }
            users++;
        }
        if (opened) {
            shared.openFiles().add(this);
        }
        return file;
    }

    private VolumeFile openFile() {
        try {
            return shared.volume().openForRead(entry.name());
        } catch (NoSuchFileException e) {
            throw new CorruptDataException(
                    "file of pages `" + place() + "` is missing; restore the file from a copy", e);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Requires the header and the footer of a file that was taken to be what the list says. */
    void requireWhole(VolumeFile file) {
        header.require(read(file, 0, FileHeader.BYTES), place());
        ByteBuffer footer = read(file, entry.bytes() - PageFooter.BYTES, PageFooter.BYTES);
        @Nullable PageDamage damage = PageFooter.damage(footer, entry, salt, place());
        if (damage != null) {
            throw damage.toException();
        }
    }

    synchronized void giveBack() {
        users--;
        if (retired) {
            closeIfIdle();
        }
    }

    /** Lets nobody take it any more; it is closed when the last user gives it back. */
    synchronized void retire() {
        if (!retired && filter != null) {
            shared.bytesForFilters().addAndGet(PageFilter.bytesFor(pages()));
        }
        retired = true;
        closeIfIdle();
    }

    /** Closes the file unless somebody uses it; returns whether it is closed. */
    synchronized boolean closeIfIdle() {
        if (users > 0) {
            return false;
        }
        VolumeFile file = open;
        open = null;
        if (file != null) {
            closeQuietly(file);
        }
        return true;
    }

    /** Nothing was written through it, so nothing is lost. */
    private static void closeQuietly(VolumeFile file) {
        try {
            file.close();
        } catch (IOException ignored) {
            return;
        }
    }

    /** Returns whether it may hold a page; asked before it is taken, of files that are searched one after the other. */
    boolean mayHave(PageId id) {
        PageFilter known = filter;
        return known == null || known.mayHave(id);
    }

    /** Gives it a filter, unless it has one or the store's filters take enough memory; of a file that was taken. Only for the writer. */
    void filter(VolumeFile file) {
        if (filter != null) {
            return;
        }
        long bytes = PageFilter.bytesFor(pages());
        try {
            if (shared.bytesForFilters().addAndGet(-bytes) >= 0) {
                PageFilter filling = new PageFilter(pages());
                forEachPlace(file, page -> filling.add(page.id()));
                filter = filling;
            }
        } finally {
            if (filter == null) {
                shared.bytesForFilters().addAndGet(bytes);
            }
        }
    }

    /** Finds a page in a file that was taken; null if it holds no such page. */
    PageFrame.@Nullable Place find(VolumeFile file, PageId id) {
        int low = 0;
        int high = IndexBlock.blocksFor(pages()) - 1;
        double lowId = 0;
        double highId = 0x1p64;
        for (int guesses = 0; low <= high; guesses++) {
            int middle = guesses < GUESSES
                    ? guess(low, high, (unsigned(id.high()) - lowId) / (highId - lowId))
                    : (low + high) >>> 1;
            IndexBlock block = block(file, middle);
            int last = block.count() - 1;
            if (block.compare(0, id) > 0) {
                high = middle - 1;
                highId = unsigned(block.high(0));
            } else if (block.compare(last, id) < 0) {
                low = middle + 1;
                lowId = unsigned(block.high(last));
            } else {
                PageFrame.@Nullable Place found = block.find(id);
                return found == null ? null : checked(found);
            }
        }
        return null;
    }

    private static int guess(int low, int high, double share) {
        int guess = low + (int) (share * (high - low + 1));
        return Math.max(low, Math.min(high, guess));
    }

    private static double unsigned(long value) {
        return (value >>> 1) * 2.0;
    }

    private PageFrame.Place checked(PageFrame.Place place) {
        if (!isInside(place)) {
            throw outside(place).toException();
        }
        return place;
    }

    /** Tells whether a place is one where a frame can be. */
    boolean isInside(PageFrame.Place place) {
        return place.storedLength() >= 0
                && place.offset() >= FileHeader.BYTES
                && place.offset() + place.frameBytes() <= indexOffset();
    }

    PageDamage outside(PageFrame.Place place) {
        String expected = FileHeader.BYTES + " to " + indexOffset();
        return place.damage("page out of bounds", place(), expected, place.offset() + " + " + place.frameBytes());
    }

    /** Returns a block of the index of a file that was taken. */
    private IndexBlock block(VolumeFile file, int number) {
        long key = entry.number() * PageStoreSettings.PAGES_LIMIT + number;
        IndexBlock block = shared.blocks().getIfPresent(key);
        if (block == null) {
            block = loadBlock(file, number);
            shared.blocks().put(key, block);
        }
        return block;
    }

    /** Reads a block of the index, past the cache. */
    IndexBlock loadBlock(VolumeFile file, int number) {
        IndexBlock block = readBlock(file, number);
        @Nullable PageDamage damage = damage(block, number);
        if (damage != null) {
            throw damage.toException();
        }
        return block;
    }

    /** Tells of each page of a file that was taken, in the order of ids. */
    void forEachPlace(VolumeFile file, Consumer<PageFrame.Place> action) {
        for (int number = 0; number < IndexBlock.blocksFor(pages()); number++) {
            IndexBlock block = loadBlock(file, number);
            for (int i = 0; i < block.count(); i++) {
                action.accept(checked(block.place(i)));
            }
        }
    }

    IndexBlock readBlock(VolumeFile file, int number) {
        int length = IndexBlock.bytesOf(IndexBlock.countOf(number, pages()));
        return new IndexBlock(read(file, blockOffset(number), length));
    }

    @Nullable
    PageDamage damage(IndexBlock block, int number) {
        return block.damage(number, pages(), salt, place(), blockOffset(number));
    }

    private long blockOffset(int number) {
        return indexOffset() + (long) number * IndexBlock.BYTES;
    }

    /** Reads the frame of a page of a file that was taken. */
    PageFrame frame(VolumeFile file, PageFrame.Place place) {
        PageFrame frame = new PageFrame(read(file, place.offset(), place.frameBytes()), 0);
        @Nullable PageDamage damage = frame.damage(place, place());
        if (damage != null) {
            throw damage.toException();
        }
        return frame;
    }

    /** Reads a range of a file that was taken, which must be there in full. */
    ByteBuffer read(VolumeFile file, long offset, int length) {
        try {
            return bytes(file, offset, length);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private ByteBuffer bytes(VolumeFile file, long offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        int count = offset < 0 ? 0 : file.read(bytes, offset);
        if (count < length) {
            throw new PageDamage("file cut short", place(), offset, "bytes", length + " bytes", count + " bytes")
                    .toException();
        }
        return bytes.flip();
    }

    private UnavailableException unreadable(IOException cause) {
        return new UnavailableException(
                "cannot read `" + place() + "`: " + cause.getMessage() + "; mend that and try again", cause);
    }
}
