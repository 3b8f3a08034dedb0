package dev.argondb.engine.log;

import dev.argondb.InvalidRequestException;
import dev.argondb.engine.log.SegmentList.Form;
import dev.argondb.engine.log.SegmentList.Sealed;
import dev.argondb.engine.tier.ColdTier;
import dev.argondb.engine.tier.RetryingTier;
import dev.argondb.engine.volume.VolumeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Moves packed segments to the cold tier: copied, read back, listed, and only then removed here. Confined to one thread. */
final class ColdMove {

    private static final int COPY_BYTES = 1 << 20;

    private final Segments segments;
    private final PackedFiles files;
    private final Runnable checkpoint;
    private final RetryingTier tier;

    ColdMove(Segments segments, PackedFiles files, Runnable checkpoint) {
        this.segments = segments;
        this.files = files;
        this.checkpoint = checkpoint;
        this.tier = segments.tier()
                .orElseThrow(() -> new InvalidRequestException(
                        "there is no cold tier to move segments to; open the database with one"));
    }

    Moved run(long keepHotBytes) throws IOException {
        new ColdGarbage(segments).remove();
        SegmentList list = segments.list();
        long hot = list.bytes(Form.RAW) + list.bytes(Form.PACKED);
        int count = 0;
        long bytes = 0;
        for (Sealed packed : list.sealed(Form.PACKED)) {
            if (hot - bytes <= keepHotBytes) {
                break;
            }
            move(packed);
            count++;
            bytes += packed.bytes();
        }
        return new Moved(count, bytes);
    }

    private void move(Sealed packed) throws IOException {
        files.check((PackedSegment) segments.segmentOf(packed));
        String name = PackedSegment.nameOf(packed.firstLsn());
        Sealed cold = packed.toCold(copy(name, packed));
        segments.change(list -> list.with(packed, cold).withTier(tier.describe("")));
        segments.delete(name);
    }

    /** Returns the name of the object that is now a copy of a file. */
    private String copy(String name, Sealed packed) throws IOException {
        try (VolumeFile file = segments.volume().openForRead(name)) {
            String digest = digest(packed.bytes(), file::read);
            String object = PackedSegment.objectOf(segments.databaseId(), packed.firstLsn(), digest);
            tier.put(object, new FileContent(file, packed.bytes()));
            requireCopy(object, packed.bytes(), digest);
            return object;
        }
    }

    private void requireCopy(String object, long bytes, String expected) throws IOException {
        long size = tier.size(object);
        if (size != bytes) {
            throw differs(object, bytes + " bytes", size + " bytes");
        }
        String found = digest(bytes, (target, position) -> tier.read(object, position, target));
        if (!found.equals(expected)) {
            throw differs(object, expected, found);
        }
    }

    private IOException differs(String object, String expected, String found) {
        return new IOException("the copy in `" + tier.describe(object) + "` is not the same: expected `" + expected
                + "`, found `" + found + "`");
    }

    @FunctionalInterface
    private interface Reading {
        void read(ByteBuffer target, long position) throws IOException;
    }

    /** Returns the first 64 bits of the SHA-256 of bytes, in hexadecimal digits. */
    private String digest(long bytes, Reading reading) throws IOException {
        MessageDigest sha = sha256();
        ByteBuffer piece = ByteBuffer.allocate(COPY_BYTES);
        for (long at = 0; at < bytes; at += piece.limit()) {
            checkpoint.run();
            piece.clear().limit((int) Math.min(COPY_BYTES, bytes - at));
            reading.read(piece, at);
            sha.update(piece.flip());
        }
        return HexFormat.of().formatHex(sha.digest(), 0, Long.BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private record FileContent(VolumeFile file, long size) implements ColdTier.Content {

        @Override
        public InputStream open() {
            return new FileStream(file, size);
        }
    }

    /** A file, read from its beginning. Confined to one thread. */
    private static final class FileStream extends InputStream {

        private final VolumeFile file;
        private final long size;
        private long position;

        FileStream(VolumeFile file, long size) {
            this.file = file;
            this.size = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int wanted = (int) Math.min(length, size - position);
            if (wanted == 0) {
                return length == 0 ? 0 : -1;
            }
            int count = file.read(ByteBuffer.wrap(target, offset, wanted), position);
            position += count;
            return count == 0 ? -1 : count;
        }
    }
}
