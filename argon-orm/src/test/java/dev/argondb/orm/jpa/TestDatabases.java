package dev.argondb.orm.jpa;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * The databases that a class of the suite runs on: {@link TestDatabase#ARGON_ON_PAGES} is one of them for the classes marked by
 * {@link OnPages}, and for all that can with {@code -Dargon.jpa.pages=all}.
 */
final class TestDatabases implements ArgumentsProvider {

    private static final boolean ALL = "all".equals(System.getProperty("argon.jpa.pages"));

    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        OnPages wish = context.getRequiredTestClass().getAnnotation(OnPages.class);
        List<TestDatabase> databases = new ArrayList<>(TestDatabase.always());
        if (wish == null ? ALL : wish.value()) {
            databases.add(TestDatabase.ARGON_ON_PAGES);
        }
        return databases.stream().map(Arguments::of);
    }
}
