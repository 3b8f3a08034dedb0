package dev.argondb.orm.parity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Fingerprints of text. */
final class Digest {

    private Digest() {}

    /** Returns the MD5 of a text, as scripts state it. */
    static String md5(String text) {
        return hex("MD5", text);
    }

    /** Returns the SHA-256 of a text: equal where the text is. */
    static String sha256(String text) {
        return hex("SHA-256", text);
    }

    private static String hex(String algorithm, String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has " + algorithm, e);
        }
    }
}
