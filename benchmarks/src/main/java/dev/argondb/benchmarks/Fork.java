package dev.argondb.benchmarks;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A part of a benchmark in a Java process of its own: with less heap, or to be killed.
 *
 * <p>The process prints lines; {@code NAME=VALUE} is a result ({@link #tell}). What it says to standard error goes to that
 * of this process. Confined to one thread.
 */
final class Fork implements AutoCloseable {

    private final Process process;
    private final BufferedReader lines;

    private Fork(Process process) {
        this.process = process;
        this.lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts a class's {@code main} with so much heap, such as {@code 256m}. */
    static Fork start(Class<?> main, String heap, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + heap);
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-Djava."))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        try {
            return new Fork(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a class's {@code main} to its end and returns its results. */
    static Map<String, Double> run(Class<?> main, String heap, String... arguments) {
        try (Fork fork = start(main, heap, arguments)) {
            return fork.results();
        }
    }

    private Map<String, Double> results() {
        Map<String, Double> results = new LinkedHashMap<>();
        for (String line = line(); line != null; line = line()) {
            int equals = line.indexOf('=');
            if (equals < 0) {
                throw new IllegalStateException("the forked process says: " + line);
            }
            results.put(line.substring(0, equals), Double.parseDouble(line.substring(equals + 1)));
        }
        if (exitValue() != 0) {
            throw new IllegalStateException("the forked process failed with status " + exitValue());
        }
        return results;
    }

    /** Returns the next line of the process, null after the last. */
    @Nullable
    String line() {
        try {
            return lines.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills it as an administrator would with {@code kill -9}, and waits until it is gone. What it said can still be read. */
    void kill() {
        process.toHandle().destroyForcibly(); // the process itself would close its streams as well
        exitValue();
    }

    private int exitValue() {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the forked process", e);
        }
    }

    /** In the forked process: gives a result to the process that started it. */
    static void tell(String name, double value) {
        System.out.println(name + "=" + value);
    }

    /** Returns a result that a process must have given. */
    static double of(Map<String, Double> results, String name) {
        return requireNonNull(results.get(name), () -> "no result `" + name + "` in " + results);
    }

    @Override
    public void close() {
        kill();
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
