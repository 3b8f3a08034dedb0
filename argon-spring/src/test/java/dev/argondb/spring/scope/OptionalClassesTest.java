package dev.argondb.spring.scope;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scopes in an application that has JDBC alone. */
class OptionalClassesTest {

    private static final List<String> ABSENT =
            List.of("org.hibernate.", "org.springframework.orm.", "io.micrometer.", "jakarta.persistence.");

    /** The class path of this test, without what is absent. */
    private static final class Without extends URLClassLoader {

        Without() {
            super(
                    Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                            .map(Without::url)
                            .toArray(URL[]::new),
                    ClassLoader.getPlatformClassLoader());
        }

        private static URL url(String path) {
            try {
                return new File(path).toURI().toURL();
            } catch (MalformedURLException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (ABSENT.stream().anyMatch(name::startsWith)) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }
    }

    @Test
    void scope_withoutHibernate_isEntered() throws Exception {
        try (Without classes = new Without()) {
            Class<?> resources =
                    classes.loadClass("org.springframework.transaction.support.TransactionSynchronizationManager");
            resources.getMethod("bindResource", Object.class, Object.class).invoke(null, "of another", "kind");
            Class<?> scopes = classes.loadClass("dev.argondb.BranchScope");
            Method enter = scopes.getMethod("enter", String.class);
            Object scope = enter.invoke(null, "sale");
            assertThat(scopes.getMethod("find").invoke(null)).hasToString("Optional[sale]");
            scopes.getMethod("close").invoke(scope);
            resources.getMethod("unbindResource", Object.class).invoke(null, "of another");
            assertThat(classes.loadClass("dev.argondb.spring.scope.BoundResource$Optionals")
                            .getClassLoader())
                    .isSameAs(classes);
        }
    }
}
