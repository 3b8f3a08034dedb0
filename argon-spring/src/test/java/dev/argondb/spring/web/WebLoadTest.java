package dev.argondb.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.Lsn;
import dev.argondb.Ref;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Thousands of requests of many refs at the same time: each is answered on its own. */
@TestPropertySource(
        properties = {
            "argon.url=mem:web-load-test",
            "server.tomcat.threads.max=6",
            "logging.level.org.apache.catalina=off",
            "logging.level.dev.argondb=error"
        })
class WebLoadTest extends WebTest {

    private static final int THREADS = 8;
    private static final int REQUESTS = 4_000;
    private static final int BRANCHES = 6;
    private static final String[] PATHS = {"/price", "/sale", "/callable", "/stream", "/forward", "/fail", "/forget"};

    private record Ask(String user, String ref, String path) {}

    private record Reply(int status, String body) {}

    private final Map<String, Integer> prices = new TreeMap<>();

    private void branches() {
        for (int i = 0; i < BRANCHES; i++) {
            branch("load-" + i, 100 + i);
            prices.put("load-" + i, 100 + i);
            Lsn past = argon.resolve(Ref.parse("load-" + i)).orElseThrow();
            prices.put("load-" + i + "@" + past, 100 + i);
        }
        Lsn main = argon.resolve(Ref.MAIN).orElseThrow();
        jdbc.update("update product set price = 41");
        prices.put("main@" + main, 40);
        prices.put("main", 41);
        prices.put("", 41);
    }

    private List<Ask> asks() {
        Random random = new Random(4);
        List<String> refs = new ArrayList<>(prices.keySet());
        List<Ask> asks = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            String ref = i % 10 == 0 ? "absent-" + i % 7 : refs.get(random.nextInt(refs.size()));
            asks.add(new Ask(i % 9 == 0 ? "bob" : "ann", ref, PATHS[random.nextInt(PATHS.length)]));
        }
        return asks;
    }

    private Reply expected(Ask ask) {
        boolean permitted = ask.user.equals("ann") || ask.ref.isEmpty() || ask.ref.equals("main");
        if (!permitted) {
            return new Reply(403, "this caller may not see `" + ask.ref + "`");
        }
        Integer price = prices.get(ask.ref);
        if (price == null) {
            return new Reply(404, "there is no branch `" + ask.ref + "`");
        }
        return served(ask.path, (ask.ref.isEmpty() ? "none" : ask.ref) + " " + price + " " + price);
    }

    private static Reply served(String path, String here) {
        return switch (path) {
            case "/sale" -> new Reply(200, here + ", 30, " + here);
            case "/fail" -> new Reply(500, "error on " + here);
            case "/forget" -> new Reply(200, "sale 30 30");
            default -> new Reply(200, here);
        };
    }

    private Reply reply(Ask ask) throws Exception {
        HttpRequest.Builder request = as(ask.user, ask.path);
        HttpResponse<String> response = send(ask.ref.isEmpty() ? request : request.header("Argon-Ref", ask.ref));
        String body = response.body();
        return new Reply(
                response.statusCode(), body.startsWith("{") ? body.replaceAll(".*\"detail\":\"(.*)\"}", "$1") : body);
    }

    @Test
    void requests_ofManyRefsAtOnce_areEachServedOnTheirOwn() throws Exception {
        branches();
        Map<Integer, AtomicInteger> statuses = Map.of(
                200, new AtomicInteger(), 403, new AtomicInteger(), 404, new AtomicInteger(), 500, new AtomicInteger());
        ExecutorService callers = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> answers = new ArrayList<>();
            for (Ask ask : asks()) {
                answers.add(callers.submit(() -> {
                    Reply reply = reply(ask);
                    assertThat(reply).as(ask.toString()).isEqualTo(expected(ask));
                    statuses.get(reply.status).incrementAndGet();
                    return reply;
                }));
            }
            for (Future<?> answer : answers) {
                answer.get(5, TimeUnit.MINUTES);
            }
        } finally {
            callers.shutdownNow();
        }
        assertThat(statuses.values().stream().mapToInt(AtomicInteger::get).sum())
                .isEqualTo(REQUESTS);
        statuses.forEach(
                (status, count) -> assertThat(count.get()).as("" + status).isGreaterThan(50));
    }
}
