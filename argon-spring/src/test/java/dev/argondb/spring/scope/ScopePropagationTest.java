package dev.argondb.spring.scope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.BranchScope;
import dev.argondb.Ref;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Scopes in other threads. */
class ScopePropagationTest extends ScopeTest {

    @Autowired
    private ScopeShop.Background background;

    @Autowired
    private AsyncTaskExecutor applicationTaskExecutor;

    private final ExecutorService pool = Executors.newFixedThreadPool(1);

    @AfterEach
    void stop() {
        pool.shutdownNow();
        Hooks.disableAutomaticContextPropagation();
    }

    private static final Callable<String> HERE = ScopePropagationTest::here;

    private static String here() {
        return BranchScope.find().map(Ref::toString).orElse("none");
    }

    private static <T> T in(String ref, Callable<T> work) throws Exception {
        return BranchScope.callChecked(ref, work);
    }

    @Test
    void asyncMethod_runsInTheScopeOfItsCaller() throws Exception {
        assertThat(in("sale", background::ref).get(30, TimeUnit.SECONDS)).isEqualTo("sale");
        assertThat(background.ref().get(30, TimeUnit.SECONDS)).isEqualTo("none");
    }

    @Test
    void applicationTaskExecutor_runsTasksInTheScopeOfTheSubmitter() throws Exception {
        assertThat(in("sale", () -> applicationTaskExecutor.submit(this::price)).get(30, TimeUnit.SECONDS))
                .isEqualTo(30);
    }

    /** More tasks than threads, some of which forget to leave what they enter: each thread begins each task in its scope only. */
    @Test
    void pooledThreads_keepNoScope() throws Exception {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        AtomicInteger strangers = new AtomicInteger();
        for (int i = 0; i < 200; i++) {
            String ref = i % 3 == 0 ? "sale" : "other";
            in(
                            ref,
                            () -> applicationTaskExecutor.submit(() -> {
                                threads.add(Thread.currentThread());
                                strangers.addAndGet(here().equals(ref) ? 0 : 1);
                                BranchScope.enter("main");
                            }))
                    .get(30, TimeUnit.SECONDS);
            background.forgetsToLeave("sale").get(30, TimeUnit.SECONDS);
            strangers.addAndGet(background.ref().get(30, TimeUnit.SECONDS).equals("none") ? 0 : 1);
        }
        assertThat(strangers).hasValue(0);
        assertThat(threads).hasSizeLessThan(200);
    }

    @Test
    void snapshot_carriesTheScope() throws Exception {
        ContextSnapshot snapshot =
                in("sale", () -> ContextSnapshotFactory.builder().build().captureAll());
        assertThat(pool.submit(snapshot.wrap(HERE)).get(30, TimeUnit.SECONDS)).isEqualTo("sale");
        assertThat(pool.submit(HERE).get(30, TimeUnit.SECONDS)).isEqualTo("none");
    }

    @Test
    void snapshot_ofNoScope_clearsOneIfAskedTo() {
        ContextSnapshot snapshot =
                ContextSnapshotFactory.builder().clearMissing(true).build().captureAll();
        BranchScope.run("sale", () -> {
            try (ContextSnapshot.Scope outside = snapshot.setThreadLocals()) {
                assertThat(outside).isNotNull();
                assertThat(here()).isEqualTo("none");
                assertThat(price()).isEqualTo(40);
            }
            assertThat(here()).isEqualTo("sale");
        });
    }

    @Test
    void snapshot_setWithinAnotherScope_isLeftWithAllThatWasForgottenInIt() throws Exception {
        ContextSnapshot snapshot =
                in("sale", () -> ContextSnapshotFactory.builder().build().captureAll());
        BranchScope.run("other", () -> {
            try (ContextSnapshot.Scope inner = snapshot.setThreadLocals()) {
                assertThat(inner).isNotNull();
                BranchScope.enter("main");
                assertThat(here()).isEqualTo("main");
            }
            assertThat(here()).isEqualTo("other");
        });
    }

    @Test
    void springsDecorator_carriesTheScope() throws Exception {
        TaskDecorator decorator = new ContextPropagatingTaskDecorator();
        AtomicInteger price = new AtomicInteger();
        Runnable task = in("sale", () -> decorator.decorate(() -> price.set(price())));
        pool.submit(task).get(30, TimeUnit.SECONDS);
        assertThat(price).hasValue(30);
        assertThat(pool.submit(HERE).get(30, TimeUnit.SECONDS)).isEqualTo("none");
    }

    @Test
    void reactor_withAutomaticPropagation_carriesTheScopeToBlockingCalls() throws Exception {
        Hooks.enableAutomaticContextPropagation();
        Mono<Integer> blocking = Mono.fromCallable(this::price).subscribeOn(Schedulers.boundedElastic());
        assertThat(in("sale", () -> blocking.block())).isEqualTo(30);
        Mono<Integer> published =
                Mono.just(1).publishOn(Schedulers.boundedElastic()).map(one -> price());
        assertThat(in("other", () -> published.block())).isEqualTo(20);
        assertThat(blocking.block()).isEqualTo(40);
        assertThat(blocking.contextWrite(context -> context.put(BranchScopeAccessor.KEY, Ref.parse("other")))
                        .block())
                .isEqualTo(20);
    }

    @Test
    void threads_thatNobodyHandsScopesTo_areInNone() throws Exception {
        assertThat(in("sale", () -> pool.submit(HERE)).get(30, TimeUnit.SECONDS))
                .isEqualTo("none");
    }
}
