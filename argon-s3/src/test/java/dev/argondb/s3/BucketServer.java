package dev.argondb.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A store of objects in memory that speaks as much of the S3 protocol as a cold tier needs, on a free port of this machine,
 * and answers wrongly on demand.
 *
 * <p>Thread-safe.
 */
final class BucketServer implements AutoCloseable {

    static final String BUCKET = "history";

    private static final int PAGE = 3;

    /** What goes wrong with one answer. */
    enum Fault {
        INTERNAL_ERROR,
        SLOW_DOWN,
        /** The answer comes later than the client waits. */
        SLOW,
        /** The connection ends before the answer begins. */
        CUT_BEFORE,
        /** The connection ends in the middle of the body. */
        CUT_WITHIN,
        /** The body is shorter than what was asked for, and says so. */
        TRUNCATED,
        /** The body is that of another range, and says so. */
        WRONG_RANGE,
        /** The range is ignored: the whole object comes. */
        IGNORED_RANGE,
        FORBIDDEN
    }

    private final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();
    private final Deque<Fault> faults = new ArrayDeque<>();
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final HttpServer server;
    private @Nullable Fault always;
    private int requests;

    BucketServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Returns the URI of a cold tier in this server. */
    URI tier(String prefix) {
        String endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
        return URI.create(
                "s3://" + BUCKET + "/" + prefix + "?endpoint=" + endpoint + "&region=eu-test-1&timeout=300ms");
    }

    /** Lets the next answers go wrong, one after the other. */
    synchronized void fail(Fault... next) {
        faults.addAll(List.of(next));
    }

    /** Lets all answers go wrong, or none. */
    synchronized void failAlways(@Nullable Fault fault) {
        always = fault;
    }

    synchronized int requests() {
        return requests;
    }

    List<String> names() {
        return List.copyOf(objects.keySet());
    }

    byte[] bytes(String name) {
        return Optional.ofNullable(objects.get(name)).orElseThrow().clone();
    }

    private synchronized Optional<Fault> nextFault() {
        requests++;
        return Optional.ofNullable(always).or(() -> Optional.ofNullable(faults.poll()));
    }

    private void handle(HttpExchange exchange) throws IOException {
        Optional<Fault> fault = nextFault();
        try {
            if (fault.isEmpty() || !answersWrongly(exchange, fault.get())) {
                answer(exchange, fault);
            }
        } finally {
            exchange.close();
        }
    }

    /** Gives an answer that does not depend on the request, if the fault asks for one. */
    private static boolean answersWrongly(HttpExchange exchange, Fault fault) throws IOException {
        switch (fault) {
            case INTERNAL_ERROR -> error(exchange, 500, "InternalError");
            case SLOW_DOWN -> error(exchange, 503, "SlowDown");
            case FORBIDDEN -> error(exchange, 403, "AccessDenied");
            case SLOW -> sleep();
            case CUT_BEFORE -> {}
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void sleep() {
        try {
            Thread.sleep(900);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange, Optional<Fault> fault) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String[] path = exchange.getRequestURI().getPath().substring(1).split("/", 2);
        if (!path[0].equals(BUCKET)) {
            error(exchange, 404, "NoSuchBucket");
            return;
        }
        String name = path.length < 2 ? "" : path[1];
        switch (exchange.getRequestMethod()) {
            case "PUT" -> put(exchange, name, body);
            case "GET" -> get(exchange, name, fault);
            case "HEAD" -> head(exchange, name);
            case "DELETE" -> delete(exchange, name);
            default -> error(exchange, 405, "MethodNotAllowed");
        }
    }

    private void put(HttpExchange exchange, String name, byte[] body) throws IOException {
        objects.put(name, body);
        exchange.sendResponseHeaders(200, -1);
    }

    private void head(HttpExchange exchange, String name) throws IOException {
        byte[] bytes = objects.get(name);
        if (bytes == null) {
            exchange.sendResponseHeaders(404, -1);
        } else {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private void delete(HttpExchange exchange, String name) throws IOException {
        objects.remove(name);
        exchange.sendResponseHeaders(204, -1);
    }

    private void get(HttpExchange exchange, String name, Optional<Fault> fault) throws IOException {
        if (name.isEmpty()) {
            list(exchange);
            return;
        }
        byte[] bytes = objects.get(name);
        String range = exchange.getRequestHeaders().getFirst("Range");
        if (bytes == null) {
            error(exchange, 404, "NoSuchKey");
        } else if (range == null || fault.equals(Optional.of(Fault.IGNORED_RANGE))) {
            send(exchange, 200, bytes, bytes.length);
        } else {
            getRange(exchange, bytes, range, fault);
        }
    }

    private static void getRange(HttpExchange exchange, byte[] bytes, String range, Optional<Fault> fault)
            throws IOException {
        String[] ends = range.substring("bytes=".length()).split("-");
        int shift = fault.equals(Optional.of(Fault.WRONG_RANGE)) ? 1 : 0;
        int first = Integer.parseInt(ends[0]) + shift;
        int last = Math.min(Integer.parseInt(ends[1]) + shift, bytes.length - 1);
        if (first >= bytes.length) {
            error(exchange, 416, "InvalidRange");
            return;
        }
        exchange.getResponseHeaders().set("Content-Range", "bytes " + first + "-" + last + "/" + bytes.length);
        byte[] part = Arrays.copyOfRange(bytes, first, last + 1);
        if (fault.equals(Optional.of(Fault.TRUNCATED))) {
            part = Arrays.copyOf(part, part.length / 2);
        }
        boolean isCut = fault.equals(Optional.of(Fault.CUT_WITHIN));
        send(exchange, 206, part, isCut ? part.length / 2 : part.length);
    }

    private static void send(HttpExchange exchange, int status, byte[] bytes, int sent) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
        exchange.sendResponseHeaders(status, bytes.length);
        OutputStream out = exchange.getResponseBody();
        out.write(bytes, 0, sent);
        out.flush();
    }

    private void list(HttpExchange exchange) throws IOException {
        String query =
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        String prefix = parameter(query, "prefix").orElse("");
        String after = parameter(query, "continuation-token").orElse("");
        List<String> names = objects.keySet().stream()
                .filter(name -> name.startsWith(prefix) && name.compareTo(after) > 0)
                .toList();
        List<String> page = names.subList(0, Math.min(PAGE, names.size()));
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListBucketResult>");
        xml.append("<IsTruncated>").append(page.size() < names.size()).append("</IsTruncated>");
        if (page.size() < names.size()) {
            xml.append("<NextContinuationToken>").append(page.get(PAGE - 1)).append("</NextContinuationToken>");
        }
        page.forEach(name -> xml.append("<Contents><Key>")
                .append(name)
                .append("</Key><Size>")
                .append(bytes(name).length)
                .append("</Size></Contents>"));
        byte[] bytes = xml.append("</ListBucketResult>").toString().getBytes(StandardCharsets.UTF_8);
        send(exchange, 200, bytes, bytes.length);
    }

    private static Optional<String> parameter(String query, String name) {
        return Arrays.stream(query.split("&"))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
                .findFirst();
    }

    private static void error(HttpExchange exchange, int status, String code) throws IOException {
        exchange.getRequestBody().readAllBytes();
        boolean hasBody = !exchange.getRequestMethod().equals("HEAD");
        byte[] xml = ("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>" + code + "</Code><Message>injected "
                        + code + "</Message></Error>")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, hasBody ? xml.length : -1);
        if (hasBody) {
            exchange.getResponseBody().write(xml);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
