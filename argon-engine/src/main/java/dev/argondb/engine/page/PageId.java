package dev.argondb.engine.page;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The name of a page: the first 128 bits of the SHA-256 of its content (FIPS 180-4), so equal pages have one name, and a page
 * under a name can be checked.
 *
 * <p>Immutable.
 */
public record PageId(long high, long low) implements Comparable<PageId> {

    /** Bytes of an encoded id. */
    public static final int BYTES = 16;

    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(PageId::sha256);

    /** Returns the id of a content. */
    public static PageId of(byte[] content, int offset, int length) {
        MessageDigest digest = SHA_256.get();
        digest.reset();
        digest.update(content, offset, length);
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        return new PageId(hash.getLong(), hash.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** The order of the encoded ids: unsigned, the high half first. */
    @Override
    public int compareTo(PageId other) {
        int order = Long.compareUnsigned(high, other.high);
        return order != 0 ? order : Long.compareUnsigned(low, other.low);
    }

    /** Returns it as 32 hexadecimal digits. */
    @Override
    public String toString() {
        return String.format("%016x%016x", high, low);
    }
}
