package dev.argondb.orm.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.Lsn;
import dev.argondb.orm.hibernate.Shop.Label;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random transactions, forks, resets, deletions and reads with the second-level and the query cache on, beside a model that is a
 * map for each branch and moment. The seed is the parameter.
 */
class RandomCacheTest extends ShopTest {

    private static final int OPERATIONS = 400;
    private static final int KEYS = 6;
    private static final int MAX_BRANCHES = 5;

    /** A moment of a branch, and what was there. */
    private record Moment(String branch, Lsn lsn, Map<String, String> labels) {}

    private final Map<String, Map<String, String>> heads = new TreeMap<>();
    private final List<Moment> moments = new ArrayList<>();
    private int named;

    @Override
    Map<String, Object> settings() {
        return Map.of(
                "hibernate.cache.use_second_level_cache", true,
                "hibernate.cache.use_query_cache", true,
                "hibernate.cache.region.factory_class", "jcache",
                "hibernate.javax.cache.missing_cache_strategy", "create",
                "hibernate.generate_statistics", true);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void reads_afterEveryOperation_areThoseOfTheModel(long seed) {
        Random random = new Random(seed);
        heads.put("main", new TreeMap<>());
        mark("main");
        for (int i = 0; i < OPERATIONS; i++) {
            String branch = pick(random, List.copyOf(heads.keySet()));
            operate(random, branch);
            checkHead(random, pick(random, List.copyOf(heads.keySet())));
            checkPast(random);
        }
        assertThat(factory.sessionFactory().getStatistics().getSecondLevelCacheHitCount())
                .as("the cache was used")
                .isGreaterThan(OPERATIONS / 10);
        assertThat(factory.sessionFactory().getStatistics().getQueryCacheHitCount())
                .isPositive();
    }

    private void operate(Random random, String branch) {
        int dice = random.nextInt(20);
        if (dice < 9) {
            write(random, branch);
        } else if (dice < 11) {
            writeInBulk(random, branch);
        } else if (dice < 13) {
            mark(branch);
        } else if (dice < 15 && heads.size() < MAX_BRANCHES) {
            fork(branch);
        } else if (dice < 17) {
            reset(random);
        } else if (dice < 18 && !branch.equals("main")) {
            delete(branch);
        }
    }

    private void write(Random random, String branch) {
        String code = "k" + random.nextInt(KEYS);
        String text = "t" + random.nextInt(1000);
        boolean removes = random.nextInt(4) == 0;
        factory.inTransaction(branch, session -> {
            Label label = session.find(Label.class, code);
            if (label == null) {
                session.persist(new Label(code, text));
            } else if (removes) {
                session.remove(label);
            } else {
                label.text = text;
            }
        });
        Map<String, String> labels = labels(branch);
        if (labels.containsKey(code) && removes) {
            labels.remove(code);
        } else {
            labels.put(code, text);
        }
    }

    private void writeInBulk(Random random, String branch) {
        String text = "b" + random.nextInt(1000);
        factory.inTransaction(branch, session -> session.createMutationQuery("update Sticker set text = :text")
                .setParameter("text", text)
                .executeUpdate());
        labels(branch).replaceAll((code, old) -> text);
    }

    private void mark(String branch) {
        moments.add(new Moment(branch, head(branch), Map.copyOf(labels(branch))));
    }

    private void fork(String branch) {
        String name = "b" + named++;
        argon.createBranch(name, branch);
        heads.put(name, new TreeMap<>(labels(branch)));
    }

    private void reset(Random random) {
        Moment moment = pick(random, moments);
        argon.resetBranch(moment.branch(), moment.lsn());
        heads.put(moment.branch(), new TreeMap<>(moment.labels()));
        moments.removeIf(
                other -> other.branch().equals(moment.branch()) && other.lsn().compareTo(moment.lsn()) > 0);
    }

    /** Deletes a branch; half of the time its name is at once another branch's. */
    private void delete(String branch) {
        argon.deleteBranch(branch);
        heads.remove(branch);
        moments.removeIf(moment -> moment.branch().equals(branch));
        if (named % 2 == 0) {
            argon.createBranch(branch, "main");
            heads.put(branch, new TreeMap<>(labels("main")));
        }
    }

    private void checkHead(Random random, String branch) {
        check(factory.branch(branch), random, labels(branch));
    }

    private void checkPast(Random random) {
        Moment moment = pick(random, moments);
        check(factory.branch(moment.branch()).at(moment.lsn()), random, moment.labels());
    }

    private static void check(BranchSessions sessions, Random random, Map<String, String> expected) {
        String code = "k" + random.nextInt(KEYS);
        assertThat(find(sessions, code))
                .as("find %s on %s", code, sessions.ref())
                .isEqualTo(expected.get(code));
        assertThat(all(sessions)).as("query on %s", sessions.ref()).isEqualTo(expected);
    }

    private static @Nullable String find(BranchSessions sessions, String code) {
        String[] found = new String[1];
        sessions.inTransaction(session -> {
            Label label = session.find(Label.class, code);
            found[0] = label == null ? null : label.text;
        });
        return found[0];
    }

    private static Map<String, String> all(BranchSessions sessions) {
        Map<String, String> labels = new HashMap<>();
        sessions.inTransaction(session -> session.createSelectionQuery("from Sticker", Label.class)
                .setCacheable(true)
                .getResultList()
                .forEach(label -> labels.put(label.code, label.text)));
        return labels;
    }

    private Map<String, String> labels(String branch) {
        return Objects.requireNonNull(heads.get(branch));
    }

    private static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
