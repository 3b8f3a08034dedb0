package dev.argondb.engine.tier;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/**
 * A cold tier in memory that fails on demand: one operation of all, or all from one on.
 *
 * <p>Operations are counted from 1. A put or delete that fails may have happened. Thread-safe.
 */
public final class MemoryColdTier implements ColdTier {

    private final TreeMap<String, byte[]> objects = new TreeMap<>();
    private final Random random;
    private long operations;
    private long bytesRead;
    private long failingOperation = Long.MAX_VALUE;
    private boolean failsForGood;
    private boolean corruptsPuts;

    public MemoryColdTier(Random random) {
        this.random = random;
    }

    /** Makes one operation fail. */
    public synchronized void failAt(long operation) {
        failingOperation = operation;
        failsForGood = false;
    }

    /** Makes one operation fail, and all after it. */
    public synchronized void failFrom(long operation) {
        failingOperation = operation;
        failsForGood = true;
    }

    /** Makes everything that is put from now on differ in one bit from what it should be. */
    public synchronized void corruptPuts() {
        corruptsPuts = true;
    }

    /** Makes it work again. */
    public synchronized void mend() {
        failingOperation = Long.MAX_VALUE;
    }

    /** Returns how many operations there were so far. */
    public synchronized long operations() {
        return operations;
    }

    /** Returns how many bytes were read so far. */
    public synchronized long bytesRead() {
        return bytesRead;
    }

    /** Returns the bytes of an object. */
    public synchronized byte[] bytes(String name) throws IOException {
        return object(name).clone();
    }

    /** Gives an object these bytes. */
    public synchronized void put(String name, byte[] bytes) {
        objects.put(name, bytes.clone());
    }

    public synchronized List<String> names() {
        return List.copyOf(objects.keySet());
    }

    private boolean failsNow() {
        operations++;
        return failsForGood ? operations >= failingOperation : operations == failingOperation;
    }

    private void access(String what) throws IOException {
        if (failsNow()) {
            throw new IOException("injected fault: " + what + ", operation " + operations);
        }
    }

    private byte[] object(String name) throws NoSuchFileException {
        byte[] bytes = objects.get(name);
        if (bytes == null) {
            throw new NoSuchFileException(name);
        }
        return bytes;
    }

    @Override
    public synchronized void put(String name, Content content) throws IOException {
        boolean fails = failsNow();
        if (!fails || random.nextBoolean()) {
            try (InputStream source = content.open()) {
                byte[] bytes = source.readAllBytes();
                if (bytes.length != content.size()) {
                    throw new IOException("expected " + content.size() + " bytes, got " + bytes.length);
                }
                bytes[bytes.length / 2] ^= (byte) (corruptsPuts ? 1 : 0);
                objects.put(name, bytes);
            }
        }
        if (fails) {
            throw new IOException("injected fault: put " + name + ", operation " + operations);
        }
    }

    @Override
    public synchronized void read(String name, long offset, ByteBuffer target) throws IOException {
        access("read " + name);
        byte[] bytes = object(name);
        if (offset + target.remaining() > bytes.length) {
            throw new EOFException("`" + name + "` ends at " + bytes.length);
        }
        bytesRead += target.remaining();
        target.put(bytes, (int) offset, target.remaining());
    }

    @Override
    public synchronized long size(String name) throws IOException {
        access("size " + name);
        return object(name).length;
    }

    @Override
    public synchronized void delete(String name) throws IOException {
        boolean fails = failsNow();
        if (!fails || random.nextBoolean()) {
            objects.remove(name);
        }
        if (fails) {
            throw new IOException("injected fault: delete " + name + ", operation " + operations);
        }
    }

    @Override
    public synchronized List<Stored> list(String directory) throws IOException {
        access("list " + directory);
        return objects.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(directory + "/"))
                .map(entry -> new Stored(entry.getKey(), entry.getValue().length))
                .toList();
    }

    @Override
    public String describe(String name) {
        return "cold:/" + name;
    }

    @Override
    public void close() {}
}
