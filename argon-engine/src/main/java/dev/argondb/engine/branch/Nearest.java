package dev.argondb.engine.branch;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Names that a mistyped one may have meant, by edit distance (Levenshtein 1966). */
public final class Nearest {

    private static final int MOST = 3;

    private Nearest() {}

    /** Returns {@code "; nearest: `a`, `b`"}, or nothing where there is no name at all. */
    public static String to(String name, Collection<String> names) {
        List<String> nearest = names.stream()
                .sorted(Comparator.<String>comparingInt(other -> distance(name, other))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST)
                .toList();
        return nearest.isEmpty()
                ? ""
                : nearest.stream().map(other -> "`" + other + "`").collect(Collectors.joining(", ", "; nearest: ", ""));
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
