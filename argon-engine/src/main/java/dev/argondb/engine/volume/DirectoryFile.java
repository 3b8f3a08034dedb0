package dev.argondb.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/*
 * Interrupts. A FileChannel is closed for everybody when a thread that is inside one of its operations is interrupted.
 * Committers are threads of the application, which interrupts them as it likes, and one of them must not end the log. So each
 * operation runs with the thread's flag put aside; if an interrupt arrives in the middle, the channel is opened again and the
 * operation repeated, which is harmless because each names its position; the flag is set again at the end.
 *
 * Direct memory. The JDK keeps, per thread, a direct buffer as large as the largest heap buffer that the thread ever read or
 * wrote. Hence the pieces.
 */
/** A file of a {@link DirectoryVolume}. Thread-safe. */
final class DirectoryFile implements VolumeFile {

    private static final int PIECE_BYTES = 1 << 18;

    private final Path path;
    private final OpenOption[] options;
    private volatile FileChannel channel;
    private volatile boolean closed;

    DirectoryFile(Path path, FileChannel channel, OpenOption... options) {
        this.path = path;
        this.channel = channel;
        this.options = options;
    }

    @FunctionalInterface
    private interface Operation {
        long on(FileChannel channel) throws IOException;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        int start = target.position();
        while (target.hasRemaining()) {
            long from = position + target.position() - start;
            if (uninterrupted(open -> transferPiece(target, piece -> open.read(piece, from))) <= 0) {
                break;
            }
        }
        return target.position() - start;
    }

    @Override
    public void write(ByteBuffer source, long position) throws IOException {
        int start = source.position();
        while (source.hasRemaining()) {
            long to = position + source.position() - start;
            uninterrupted(open -> transferPiece(source, piece -> open.write(piece, to)));
        }
    }

    @FunctionalInterface
    private interface Transfer {
        int of(ByteBuffer piece) throws IOException;
    }

    private static int transferPiece(ByteBuffer buffer, Transfer transfer) throws IOException {
        ByteBuffer piece = buffer.slice(buffer.position(), Math.min(buffer.remaining(), PIECE_BYTES));
        int count = transfer.of(piece);
        if (count > 0) {
            buffer.position(buffer.position() + count);
        }
        return count;
    }

    @Override
    public long size() throws IOException {
        return uninterrupted(FileChannel::size);
    }

    @Override
    public void truncate(long size) throws IOException {
        uninterrupted(open -> {
            open.truncate(size);
            return 0;
        });
    }

    @Override
    public void sync() throws IOException {
        uninterrupted(open -> {
            open.force(false);
            return 0;
        });
    }

    private long uninterrupted(Operation operation) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                FileChannel open = channel;
                try {
                    return operation.on(open);
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                    reopen(open, e);
                } catch (ClosedChannelException e) {
                    reopen(open, e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized void reopen(FileChannel old, ClosedChannelException cause) throws IOException {
        if (closed) {
            throw cause;
        }
        if (channel == old) {
            channel = FileChannel.open(path, options);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        channel.close();
    }
}
