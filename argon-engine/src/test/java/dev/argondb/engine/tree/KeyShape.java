package dev.argondb.engine.tree;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Random;

/** What the keys of a test look like; each shape draws from few enough keys to meet the same one again. */
enum KeyShape {
    LONGS {
        @Override
        byte[] key(Random random) {
            return Keys.ofLong(random.nextInt(4000) - 2000L);
        }
    },
    EXTREME_LONGS {
        @Override
        byte[] key(Random random) {
            long near = random.nextInt(500);
            return Keys.ofLong(random.nextBoolean() ? Long.MIN_VALUE + near : Long.MAX_VALUE - near);
        }
    },
    SHORT_OR_EMPTY {
        @Override
        byte[] key(Random random) {
            return bytes(random, random.nextInt(5), 6);
        }
    },
    PREFIXES_OF_EACH_OTHER {
        @Override
        byte[] key(Random random) {
            byte[] key = new byte[random.nextInt(40)];
            Arrays.fill(key, random.nextInt(4) == 0 ? (byte) 0xff : 0);
            if (key.length > 0) {
                key[random.nextInt(key.length)] = (byte) random.nextInt(4);
            }
            return key;
        }
    },
    COMMON_PREFIX {
        @Override
        byte[] key(Random random) {
            return ("a customer named " + random.nextInt(3000)).getBytes(UTF_8);
        }
    },
    INDEX_ENTRIES {
        @Override
        byte[] key(Random random) {
            byte[] key = new byte[17];
            key[0] = (byte) (5 + random.nextInt(2));
            System.arraycopy(Keys.ofLong(random.nextInt(20)), 0, key, 1, 8);
            System.arraycopy(Keys.ofLong(random.nextInt(200)), 0, key, 9, 8);
            return key;
        }
    },
    AROUND_EIGHT_BYTES {
        @Override
        byte[] key(Random random) {
            byte[] key = bytes(random, 6 + random.nextInt(5), 3);
            Arrays.fill(key, 0, 4, (byte) 7);
            return key;
        }
    },
    MIXED {
        @Override
        byte[] key(Random random) {
            KeyShape[] shapes = values();
            return shapes[random.nextInt(ordinal())].key(random);
        }
    };

    abstract byte[] key(Random random);

    private static byte[] bytes(Random random, int length, int letters) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (random.nextInt(letters) * 51);
        }
        return bytes;
    }
}
