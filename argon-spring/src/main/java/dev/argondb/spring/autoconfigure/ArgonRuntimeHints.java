package dev.argondb.spring.autoconfigure;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;

/** What a native image has to keep: H2 and {@link java.util.ServiceLoader} find parts of Argon by name. */
final class ArgonRuntimeHints implements RuntimeHintsRegistrar {

    /** H2 makes one of each, by the name in a catalog's settings. */
    static final List<String> MADE_BY_NAME = List.of(
            "dev.argondb.orm.sql.ArgonTableEngine",
            "dev.argondb.orm.sql.CatalogEvents",
            "dev.argondb.orm.EmbeddedProvider",
            "dev.argondb.orm.jdbc.ArgonDriver",
            "dev.argondb.orm.hibernate.ArgonIntegrator",
            "dev.argondb.orm.hibernate.ArgonServiceContributor");

    /** H2 calls its public static methods by name. */
    static final String FUNCTIONS = "dev.argondb.orm.sql.SystemFunctions";

    static final List<String> SERVICES = List.of(
            "META-INF/services/dev.argondb.ArgonProvider",
            "META-INF/services/dev.argondb.BranchScopeListener",
            "META-INF/services/java.sql.Driver",
            "META-INF/services/org.hibernate.integrator.spi.Integrator",
            "META-INF/services/org.hibernate.service.spi.ServiceContributor");

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        MADE_BY_NAME.forEach(name ->
                hints.reflection().registerType(TypeReference.of(name), MemberCategory.INVOKE_DECLARED_CONSTRUCTORS));
        hints.reflection().registerType(TypeReference.of(FUNCTIONS), MemberCategory.INVOKE_PUBLIC_METHODS);
        SERVICES.forEach(hints.resources()::registerPattern);
    }
}
