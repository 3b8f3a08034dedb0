package dev.argondb.engine.page;

import dev.argondb.engine.format.ByteSink;
import dev.argondb.engine.format.ChecksummedText;
import dev.argondb.engine.format.FileHeader;
import dev.argondb.engine.volume.Volume;
import dev.argondb.engine.volume.VolumeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * Writes a file of pages under a temporary name; {@link #finish()} makes it durable and gives it its own. Who closes it before
 * that, or after a failure, removes it.
 *
 * <p>Confined to one thread.
 */
final class PageFileWriter implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 18;

    private final Volume volume;
    private final PageStoreSettings settings;
    private final long number;
    private final String temporary;
    private final int salt;
    private final VolumeFile file;
    private final PageTable table = new PageTable();
    private final ByteSink sink = new ByteSink(BUFFER_BYTES + IndexBlock.BYTES);
    private long written;
    private long synced;
    private boolean finished;

    private PageFileWriter(Volume volume, UUID databaseId, long number, PageStoreSettings settings) throws IOException {
        this.volume = volume;
        this.settings = settings;
        this.number = number;
        this.temporary = PageFileList.nameOf(number) + ChecksummedText.TEMPORARY_SUFFIX;
        FileHeader header = PageFile.header(databaseId, number);
        this.salt = header.crc();
        this.file = volume.create(temporary);
        sink.putBytes(header.encode().array(), 0, FileHeader.BYTES);
    }

    static PageFileWriter begin(Volume volume, UUID databaseId, long number, PageStoreSettings settings)
            throws IOException {
        return new PageFileWriter(volume, databaseId, number, settings);
    }

    boolean has(PageId id) {
        return table.has(id);
    }

    /** Returns the size so far, with the index that belongs to it. */
    long bytes() {
        return written + sink.size() + IndexBlock.bytesFor(table.size()) + PageFooter.BYTES;
    }

    /** Tells whether the next page had better go to another file. */
    boolean isFull() {
        return table.size() >= settings.maxFilePages() || bytes() >= settings.maxFileBytes();
    }

    /** Adds a page: a range of an array that is its content or that compressed, whichever is shorter. */
    void add(PageId id, int rawLength, byte[] stored, int offset, int storedLength) throws IOException {
        table.add(id, written + sink.size(), storedLength);
        PageFrame.putHeader(sink, id, rawLength, stored, offset, storedLength);
        put(stored, offset, storedLength);
    }

    /** Adds a page that was checked, as it is in another file. */
    void copy(PageFrame.Place place, PageFrame frame) throws IOException {
        table.add(place.id(), written + sink.size(), place.storedLength());
        put(frame.bytes().array(), frame.start(), place.frameBytes());
    }

    private void put(byte[] bytes, int offset, int length) throws IOException {
        if (length < BUFFER_BYTES) {
            sink.putBytes(bytes, offset, length);
        } else {
            flush();
            write(ByteBuffer.wrap(bytes, offset, length));
        }
        if (sink.size() >= BUFFER_BYTES) {
            flush();
        }
    }

    private void flush() throws IOException {
        write(sink.toBuffer());
        sink.clear(BUFFER_BYTES + IndexBlock.BYTES);
    }

    private void write(ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        file.write(bytes, written);
        written += length;
        if (written - synced >= settings.syncBytes()) {
            syncPiece();
        }
    }

    private void syncPiece() throws IOException {
        long begin = System.nanoTime();
        file.sync();
        long bytes = written - synced;
        synced = written;
        settings.pace().afterPiece(bytes, System.nanoTime() - begin);
    }

    /** Completes the file, durable but for its name: the directory is to be synced. */
    PageFileList.Entry finish() throws IOException {
        long indexOffset = written + sink.size();
        int[] order = table.byId();
        for (int block = 0; block < IndexBlock.blocksFor(table.size()); block++) {
            table.writeBlock(order, block, salt, sink);
            if (sink.size() >= BUFFER_BYTES) {
                flush();
            }
        }
        sink.putBytes(PageFooter.encode(indexOffset, table.size(), salt).array(), 0, PageFooter.BYTES);
        flush();
        file.sync();
        file.close();
        volume.rename(temporary, PageFileList.nameOf(number));
        finished = true;
        return new PageFileList.Entry(number, written, table.size());
    }

    @Override
    public void close() throws IOException {
        if (!finished) {
            finished = true;
            try {
                file.close();
            } finally {
                volume.delete(temporary);
            }
        }
    }
}
