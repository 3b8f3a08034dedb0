package dev.argondb.examples.shop;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One page of a headless Chromium, told what to do over its DevTools protocol. Confined to one thread. */
final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final Semaphore loads = new Semaphore(0);
    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());

    private Browser(Process process, URI page, HttpClient http) {
        this.process = process;
        this.socket = http.newWebSocketBuilder().buildAsync(page, new Ear()).join();
        List.of("Page.enable", "Runtime.enable", "Log.enable").forEach(domain -> call(domain, Map.of()));
    }

    /** Returns the path of a Chromium that is installed. */
    static Optional<Path> installed() {
        List<String> names = List.of("chromium", "chromium-browser", "google-chrome");
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> names.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts a browser with a new profile. */
    static Browser start(Path program, Path profile) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--disable-dev-shm-usage",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("browser.log").toFile())
                .start();
        try {
            HttpClient http = HttpClient.newHttpClient();
            return new Browser(process, page(http, port(process, profile.resolve("DevToolsActivePort"))), http);
        } catch (IOException | InterruptedException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static int port(Process process, Path file) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            if (Files.exists(file)) {
                List<String> lines = Files.readAllLines(file);
                if (lines.size() > 1) {
                    return Integer.parseInt(lines.get(0));
                }
            }
            Thread.sleep(50);
        }
        throw new IOException("the browser did not open its port; see browser.log beside " + file);
    }

    private static URI page(HttpClient http, int port) throws IOException, InterruptedException {
        URI list = URI.create("http://127.0.0.1:" + port + "/json/list");
        String body = http.send(HttpRequest.newBuilder(list).build(), BodyHandlers.ofString())
                .body();
        for (JsonNode target : JSON.readTree(body)) {
            if (target.path("type").asString().equals("page")) {
                return URI.create(target.path("webSocketDebuggerUrl").asString());
            }
        }
        throw new IOException("the browser has no page: " + body);
    }

    /** Goes to an address, and waits until the page is loaded. */
    Browser open(String address) {
        loads.drainPermits();
        call("Page.navigate", Map.of("url", address));
        return loaded();
    }

    /** Clicks what a CSS selector finds first, and waits for the page that it leads to. */
    Browser follow(String selector) {
        loads.drainPermits();
        evaluate(element(selector) + ".click()");
        return loaded();
    }

    /** Chooses a radio button or a checkbox. */
    Browser check(String selector) {
        evaluate(element(selector) + ".click()");
        return this;
    }

    /** Fills in a field, or chooses an option of a list. */
    Browser fill(String selector, String value) {
        evaluate(element(selector) + ".value = " + JSON.writeValueAsString(value));
        return this;
    }

    /** Returns the text of what a CSS selector finds first. */
    String text(String selector) {
        return evaluate(element(selector) + ".innerText").asString();
    }

    /** Returns how much a CSS selector finds. */
    int count(String selector) {
        return evaluate("document.querySelectorAll(" + JSON.writeValueAsString(selector) + ").length")
                .asInt();
    }

    /** Returns the value of an expression. */
    JsonNode evaluate(String expression) {
        JsonNode result = call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
        if (result.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + result.path("exceptionDetails"));
        }
        return result.path("result").path("value");
    }

    /** Makes the window so wide, in CSS pixels. */
    Browser width(int pixels) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", pixels, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        return this;
    }

    /** Writes a picture of the whole page. */
    Browser photograph(Path file) throws IOException {
        JsonNode picture = call("Page.captureScreenshot", Map.of("captureBeyondViewport", true));
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(picture.path("data").asString()));
        return this;
    }

    /** Returns the errors that pages wrote to the console so far. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    private static String element(String selector) {
        return "document.querySelector(" + JSON.writeValueAsString(selector) + ")";
    }

    private Browser loaded() {
        try {
            if (!loads.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("no page was loaded");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        return this;
    }

    private JsonNode call(String method, Map<String, ?> parameters) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        socket.sendText(JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)), true)
                .join();
        JsonNode message =
                answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        if (message.has("error")) {
            throw new AssertionError(method + ": " + message.path("error"));
        }
        return message.path("result");
    }

    @Override
    public void close() {
        socket.abort();
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Hears what the browser says. */
    private final class Ear implements WebSocket.Listener {

        private final StringBuilder heard = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
            heard.append(data);
            if (isLast) {
                take(JSON.readTree(heard.toString()));
                heard.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void take(JsonNode message) {
            CompletableFuture<JsonNode> answer =
                    answers.remove(message.path("id").asInt(0));
            if (answer != null) {
                answer.complete(message);
            } else {
                notice(message.path("method").asString(""), message.path("params"));
            }
        }

        private void notice(String event, JsonNode parameters) {
            if (event.equals("Page.loadEventFired")) {
                loads.release();
            } else if (event.equals("Runtime.exceptionThrown")
                    || (event.equals("Log.entryAdded") && isError(parameters))) {
                complaints.add(parameters.toString());
            }
        }

        private static boolean isError(JsonNode parameters) {
            return parameters.path("entry").path("level").asString("").equals("error");
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            UncheckedIOException gone = new UncheckedIOException(new IOException("the browser is gone", error));
            answers.values().forEach(answer -> answer.completeExceptionally(gone));
        }
    }
}
