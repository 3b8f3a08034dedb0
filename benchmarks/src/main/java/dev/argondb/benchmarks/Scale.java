package dev.argondb.benchmarks;

import java.util.List;

/** How long a benchmark runs. */
enum Scale {
    /** For figures that are quoted. */
    FULL,
    /** Under 30 seconds, for a look. */
    QUICK,
    /** A second or two, for the build: shows that the benchmark works, measures nothing. */
    SMOKE;

    /** Reads the arguments of a benchmark's {@code main}; ends the program where they are wrong. */
    static Scale of(String[] arguments) {
        return switch (String.join(" ", List.of(arguments))) {
            case "" -> FULL;
            case "--quick" -> QUICK;
            case "--smoke" -> SMOKE;
            default ->
                throw new IllegalArgumentException(
                        "arguments `" + String.join(" ", arguments) + "`: expected none, or `--quick`");
        };
    }

    /** Returns the value for this scale. */
    <T> T pick(T full, T quick, T smoke) {
        return switch (this) {
            case FULL -> full;
            case QUICK -> quick;
            case SMOKE -> smoke;
        };
    }
}
