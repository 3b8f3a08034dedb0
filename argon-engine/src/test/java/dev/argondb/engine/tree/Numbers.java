package dev.argondb.engine.tree;

import dev.argondb.engine.format.ByteSink;
import dev.argondb.engine.format.ByteSource;
import dev.argondb.engine.format.MalformedRecordException;
import java.nio.charset.StandardCharsets;

/** Values of tests: numbers, each of which is written but once, in one way in pages or in a page of their own. */
final class Numbers implements ValueCodec<Object> {
    static final ValueCodec<Object> CODEC = new Numbers();

    /** Every so many numbers one has a page to itself. */
    private static final long OWN_PAGE = 64;

    @Override
    public int kind() {
        return 99;
    }

    @Override
    public boolean usesKeys() {
        return true;
    }

    @Override
    public int write(byte[] key, Object value, ByteSink out, OwnPages.Sink own) {
        long number = (Long) value;
        out.putVarint(key.length);
        if (number % OWN_PAGE == 0) {
            out.putByte(1);
            own.add(String.valueOf(number).getBytes(StandardCharsets.UTF_8));
        } else {
            out.putByte(0);
            out.putLong(number);
        }
        return weigh(value);
    }

    @Override
    public Object read(byte[] key, ByteSource in, OwnPages.Source own) throws MalformedRecordException {
        if (in.readCount() != key.length) {
            throw new MalformedRecordException("another key");
        }
        return switch (in.readByte()) {
            case 0 -> in.readLong();
            case 1 -> number(own.next().read());
            default -> throw new MalformedRecordException("no such form");
        };
    }

    private static long number(byte[] page) throws MalformedRecordException {
        try {
            return Long.parseLong(new String(page, StandardCharsets.UTF_8));
        } catch (NumberFormatException e) {
            throw new MalformedRecordException("no number");
        }
    }

    @Override
    public int weigh(Object value) {
        return 24;
    }

    @Override
    public boolean same(Object a, Object b) {
        return a.equals(b);
    }
}
