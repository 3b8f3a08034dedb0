package dev.argondb.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.spring.autoconfigure.notes.NotesApplication;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.core.io.ClassPathResource;
import org.springframework.javapoet.ClassName;
import org.springframework.mock.env.MockPropertySource;

/** What is found by name is kept by a native image, and contexts can be processed ahead of time. */
class NativeImageTest {

    private static RuntimeHints hints() {
        RuntimeHints hints = new RuntimeHints();
        new ArgonRuntimeHints().registerHints(hints, NativeImageTest.class.getClassLoader());
        return hints;
    }

    @Test
    void typesMadeByName_areKept() throws Exception {
        for (String name : ArgonRuntimeHints.MADE_BY_NAME) {
            Constructor<?> constructor = Class.forName(name).getDeclaredConstructor();
            assertThat(RuntimeHintsPredicates.reflection().onConstructorInvocation(constructor))
                    .accepts(hints());
        }
    }

    @Test
    void functions_areKept() throws Exception {
        assertThat(RuntimeHintsPredicates.reflection()
                        .onType(TypeReference.of(Class.forName(ArgonRuntimeHints.FUNCTIONS)))
                        .withMemberCategory(MemberCategory.INVOKE_PUBLIC_METHODS))
                .accepts(hints());
    }

    @Test
    void services_areKept() {
        for (String service : ArgonRuntimeHints.SERVICES) {
            assertThat(RuntimeHintsPredicates.resource().forResource(service)).accepts(hints());
        }
        assertThat(new ClassPathResource("META-INF/services/dev.argondb.ArgonProvider").exists())
                .isTrue();
    }

    @Test
    void context_processedAheadOfTime_definesTheBeans(@TempDir Path directory) {
        List<String> classes = new ArrayList<>();
        InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();
        DefaultGenerationContext generation =
                new DefaultGenerationContext(new ClassNameGenerator(ClassName.get("test", "Notes")), files);
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MockPropertySource()
                            .withProperty("argon.url", "file:" + directory)
                            .withProperty("spring.liquibase.enabled", "false")
                            .withProperty("spring.flyway.enabled", "false"));
            context.register(NotesApplication.class);
            new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
        }
        generation.writeGeneratedContent();
        files.getGeneratedFiles(org.springframework.aot.generate.GeneratedFiles.Kind.SOURCE)
                .keySet()
                .forEach(classes::add);

        assertThat(classes).anyMatch(name -> name.endsWith("ArgonAutoConfiguration__BeanDefinitions.java"));
        assertThat(RuntimeHintsPredicates.resource().forResource("META-INF/services/dev.argondb.ArgonProvider"))
                .accepts(generation.getRuntimeHints());
    }
}
