package dev.argondb.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import dev.argondb.Argon;
import dev.argondb.BranchScope;
import dev.argondb.ConflictException;
import dev.argondb.Lsn;
import dev.argondb.Ref;
import dev.argondb.orm.jdbc.ArgonDataSource;
import dev.argondb.spring.autoconfigure.ArgonActuatorAutoConfiguration;
import dev.argondb.spring.autoconfigure.ArgonAutoConfiguration;
import dev.argondb.spring.autoconfigure.ArgonMetricsAutoConfiguration;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

class ArgonActuatorTest {

    @TempDir
    private Path directory;

    @Configuration(proxyBeanMethods = false)
    static class Registry {
        @Bean
        SimpleMeterRegistry registry() {
            return new SimpleMeterRegistry();
        }
    }

    private ApplicationContextRunner runner() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        ArgonAutoConfiguration.class,
                        ArgonActuatorAutoConfiguration.class,
                        ArgonMetricsAutoConfiguration.class,
                        MetricsAutoConfiguration.class,
                        ObservationAutoConfiguration.class))
                .withUserConfiguration(Registry.class)
                .withPropertyValues(
                        "argon.url=file:" + directory.resolve("db"), "management.endpoints.web.exposure.include=argon");
    }

    private static void fill(ApplicationContext context) {
        JdbcTemplate jdbc = new JdbcTemplate(context.getBean(DataSource.class));
        jdbc.execute("create table note(id int primary key, text varchar(40))");
        jdbc.update("insert into note values (1, 'one')");
    }

    @Test
    void endpoint_database_tellsBranchesTagsAndStorage() {
        runner().run(context -> {
            fill(context);
            Argon argon = context.getBean(Argon.class);
            argon.createBranch("feature", "main");
            argon.createTag("v1", Ref.Head.MAIN);
            ArgonEndpoint.DatabaseDescriptor found =
                    context.getBean(ArgonEndpoint.class).database();
            assertThat(found.lastLsn()).isEqualTo(argon.lastLsn());
            assertThat(found.branches())
                    .extracting(ArgonEndpoint.BranchDescriptor::name, ArgonEndpoint.BranchDescriptor::parent)
                    .containsExactly(tuple("feature", "main"), tuple("main", null));
            assertThat(found.tags())
                    .extracting(ArgonEndpoint.TagDescriptor::name)
                    .containsExactly("v1");
            assertThat(found.storage()).isNotNull();
        });
    }

    @Test
    void endpoint_branch_tellsItsNewestCommits() {
        runner().run(context -> {
            fill(context);
            ArgonEndpoint endpoint = context.getBean(ArgonEndpoint.class);
            assertThat(endpoint.branch("main", 1)).isNotNull().satisfies(found -> assertThat(found.commits())
                    .singleElement()
                    .satisfies(commit -> assertThat(commit.lsn())
                            .isEqualTo(context.getBean(Argon.class).lastLsn())));
            assertThat(endpoint.branch("none", null)).isNull();
            assertThatThrownBy(() -> endpoint.branch("main", 0))
                    .isInstanceOf(InvalidEndpointRequestException.class)
                    .hasMessage("`limit` is 0; give a number from 1 to 1000");
        });
    }

    @Test
    void endpoint_writes_makeAndDeleteBranchesAndSayWhatIsWrong() {
        runner().run(context -> {
            fill(context);
            ArgonEndpoint endpoint = context.getBean(ArgonEndpoint.class);
            assertThat(endpoint.createBranch("feature", null).parent()).isEqualTo("main");
            endpoint.deleteBranch("feature");
            assertThat(context.getBean(Argon.class).findBranch("feature")).isEmpty();
            assertThatThrownBy(() -> endpoint.deleteBranch("feature"))
                    .isInstanceOf(InvalidEndpointRequestException.class)
                    .hasMessageContaining("`feature`");
        });
    }

    @Test
    void actuator_exposedNothing_hasNoEndpoint() {
        runner().withPropertyValues("management.endpoints.web.exposure.include=health")
                .run(context -> assertThat(context).doesNotHaveBean(ArgonEndpoint.class));
    }

    @Test
    void actuator_argonOff_isInert() {
        runner().withPropertyValues("argon.enabled=false").run(context -> assertThat(context)
                .doesNotHaveBean(ArgonEndpoint.class)
                .doesNotHaveBean(ArgonHealthIndicator.class)
                .doesNotHaveBean(ArgonMeters.class)
                .doesNotHaveBean(ArgonObservations.class));
    }

    @Test
    void health_open_isUpWithFigures() {
        runner().run(context -> {
            fill(context);
            Health health = context.getBean(ArgonHealthIndicator.class).health();
            assertThat(health).isNotNull();
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails()).containsKeys("lastLsn", "branches", "entriesBehindCheckpoint");
        });
    }

    @Test
    void health_closed_isDown() {
        runner().run(context -> {
            context.getBean(Argon.class).close();
            Health health = context.getBean(ArgonHealthIndicator.class).health();
            assertThat(health).isNotNull();
            assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        });
    }

    @Test
    void info_always_tellsKindAndNumbersButNoPath() {
        runner().run(context -> {
            Info.Builder builder = new Info.Builder();
            context.getBean(ArgonInfoContributor.class).contribute(builder);
            assertThat(builder.build().getDetails().get("argon"))
                    .asInstanceOf(MAP)
                    .containsEntry("store", "file")
                    .containsEntry("branches", 1)
                    .doesNotContainValue(directory.toString());
        });
    }

    @Test
    void meters_afterWork_countAndNeverNameBranchOrLsn() {
        runner().run(context -> {
            fill(context);
            context.getBean(Argon.class).createBranch("feature", "main");
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            assertThat(registry.get("argon.branches").gauge().value()).isEqualTo(2);
            assertThat(registry.get("argon.wal.entries").counter().count()).isGreaterThan(1);
            assertThat(registry.get("argon.wal.bytes").gauge().value()).isPositive();
            assertThat(registry.get("argon.checkpoint.lag").gauge().value()).isPositive();
            assertThat(tags(registry))
                    .allSatisfy((meter, tags) -> assertThat(tags).doesNotContain("feature", "main"));
        });
    }

    @Test
    void meters_conflictsOfAMerge_areCounted() {
        runner().run(context -> {
            fill(context);
            Argon argon = context.getBean(Argon.class);
            JdbcTemplate jdbc = new JdbcTemplate(context.getBean(DataSource.class));
            argon.createBranch("feature", "main");
            jdbc.update("update note set text = 'ours'");
            BranchScope.run("feature", () -> jdbc.update("update note set text = 'theirs'"));
            argon.planMerge("feature", "main");
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            assertThat(registry.get("argon.merge.conflicts").counter().count()).isEqualTo(1);
            assertThat(registry.get("argon.merge.plan").timer().count()).isEqualTo(1);
        });
    }

    private static Map<String, String> tags(MeterRegistry registry) {
        return registry.getMeters().stream()
                .map(Meter::getId)
                .filter(id -> id.getName().startsWith("argon."))
                .collect(Collectors.toMap(
                        id -> id.getName() + id.getTags(),
                        id -> id.getTags().stream().map(Tag::getValue).collect(Collectors.joining(","))));
    }

    @Test
    void observations_commitsAndRollbacks_areTimersByOutcome() {
        runner().run(context -> {
            fill(context);
            Argon argon = context.getBean(Argon.class);
            conflict(context.getBean(DataSource.class));
            Lsn head = argon.resolve(Ref.Head.MAIN).orElseThrow();
            new JdbcTemplate(context.getBean(DataSource.class)).update("delete from note");
            argon.resetBranch("main", head);
            assertThat(context).hasSingleBean(ObservationRegistry.class);
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            assertThat(registry.get("argon.commit")
                            .tag("outcome", "success")
                            .timer()
                            .count())
                    .isGreaterThanOrEqualTo(4);
            assertThat(registry.get("argon.commit")
                            .tag("outcome", "conflict")
                            .timer()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("argon.rollback").timer().count()).isEqualTo(1);
            argon.snapshot();
            argon.retain();
            assertThat(registry.get("argon.snapshot").timer().count()).isPositive();
            assertThat(registry.get("argon.retain").timer().count()).isPositive();
        });
    }

    @Test
    void observations_readOfThePast_isATimer() {
        runner().run(context -> {
            fill(context);
            JdbcTemplate jdbc = new JdbcTemplate(context.getBean(DataSource.class));
            long past = context.getBean(Argon.class).lastLsn();
            jdbc.update("update note set text = 'two'");
            BranchScope.run("main@" + past, () -> assertThat(jdbc.queryForList("select text from note", String.class))
                    .containsExactly("one"));
            assertThat(context.getBean(MeterRegistry.class)
                            .get("argon.materialize")
                            .timer()
                            .count())
                    .isPositive();
        });
    }

    private static void conflict(DataSource source) throws SQLException {
        try (Connection late = source.getConnection();
                Connection first = source.getConnection()) {
            late.setAutoCommit(false);
            late.createStatement().execute("update note set text = 'late' where id = 1");
            first.createStatement().execute("update note set text = 'first' where id = 1");
            assertThatThrownBy(late::commit).hasRootCauseInstanceOf(ConflictException.class);
        }
    }

    @Test
    void observations_contextClosed_hearNoMore() {
        SimpleMeterRegistry[] registry = new SimpleMeterRegistry[1];
        try (Argon argon = Argon.open("file:" + directory.resolve("db"))) {
            runner().run(context -> {
                fill(context);
                registry[0] = context.getBean(SimpleMeterRegistry.class);
            });
            double before = registry[0].get("argon.wal.entries").counter().count();
            new JdbcTemplate(ArgonDataSource.of(argon, Ref.Head.MAIN)).update("delete from note");
            assertThat(registry[0].get("argon.wal.entries").counter().count()).isEqualTo(before);
        }
    }
}
