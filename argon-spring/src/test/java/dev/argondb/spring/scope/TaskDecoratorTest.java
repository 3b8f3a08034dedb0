package dev.argondb.spring.scope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.BranchScope;
import dev.argondb.Ref;
import dev.argondb.spring.autoconfigure.ArgonAutoConfiguration;
import dev.argondb.spring.autoconfigure.ArgonScopeAutoConfiguration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.TaskDecorator;

/** The decorator of Boot's executors beside what an application and Boot itself decorate them with. */
class TaskDecoratorTest {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ArgonAutoConfiguration.class,
                    ArgonScopeAutoConfiguration.class,
                    TaskExecutionAutoConfiguration.class))
            .withPropertyValues("argon.url=mem:decorator-test");

    @Configuration(proxyBeanMethods = false)
    static class OwnDecorator {

        final AtomicInteger tasks = new AtomicInteger();

        @Bean
        TaskDecorator counting() {
            return task -> {
                tasks.incrementAndGet();
                return task;
            };
        }
    }

    private static String whereTaskRuns(ApplicationContext context) throws Exception {
        AsyncTaskExecutor executor = context.getBean(AsyncTaskExecutor.class);
        return BranchScope.callChecked("main@7", () -> executor.submit(
                        () -> BranchScope.find().map(Ref::toString).orElse("none"))
                .get(30, TimeUnit.SECONDS));
    }

    @Test
    void decorator_ofTheApplication_worksBesideOurs() {
        application.withUserConfiguration(OwnDecorator.class).run(context -> {
            assertThat(whereTaskRuns(context)).isEqualTo("main@7");
            assertThat(context.getBean(OwnDecorator.class).tasks).hasValue(1);
            assertThat(context.getBean(TaskDecorator.class)).isSameAs(context.getBean("counting"));
        });
    }

    @Test
    void decorator_ofBoot_worksBesideOurs() {
        application
                .withPropertyValues("spring.task.execution.propagate-context=true")
                .run(context -> assertThat(whereTaskRuns(context)).isEqualTo("main@7"));
    }

    @Test
    void decorator_ofVirtualThreads_isOurs() {
        application
                .withPropertyValues("spring.threads.virtual.enabled=true")
                .run(context -> assertThat(whereTaskRuns(context)).isEqualTo("main@7"));
    }

    @Test
    void propagation_switchedOff_carriesNothing() {
        application.withPropertyValues("argon.scope.propagation.enabled=false").run(context -> {
            assertThat(context).doesNotHaveBean(ScopeTaskDecorator.class);
            assertThat(whereTaskRuns(context)).isEqualTo("none");
        });
    }
}
