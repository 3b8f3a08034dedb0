package dev.argondb.orm;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the layering of the design: data flows one way, and nothing below knows anything above it. */
class ArchitectureTest {

    /** The packages from the lowest to the highest. A package may use those before it, and none after it. */
    private static final List<String> LAYERS = List.of(
            "dev.argondb",
            "dev.argondb.engine.volume..",
            "dev.argondb.engine.format..",
            "dev.argondb.engine.page..",
            "dev.argondb.engine.tree..",
            "dev.argondb.engine.tier..",
            "dev.argondb.engine.log..",
            "dev.argondb.engine.state..",
            "dev.argondb.engine.work..",
            "dev.argondb.engine.branch..",
            "dev.argondb.engine.merge..",
            "dev.argondb.orm.sql..",
            "dev.argondb.orm.jdbc..",
            "dev.argondb.orm.hibernate..");

    /** The one class that may ask the machine for the time and for chance; all others are given them. */
    private static final String ENVIRONMENT = "dev.argondb.engine.Environment";

    private static JavaClasses argon;

    @BeforeAll
    static void importClasses() {
        argon = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("/test-classes/"))
                .importPackages("dev.argondb");
    }

    static List<Layer> layers() {
        return LAYERS.subList(0, LAYERS.size() - 1).stream()
                .map(lower -> new Layer(lower, LAYERS.subList(LAYERS.indexOf(lower) + 1, LAYERS.size())))
                .toList();
    }

    @Test
    void importedClasses_threeModules_allSeen() {
        assertThat(argon).extracting(JavaClass::getPackageName).contains("dev.argondb", "dev.argondb.orm");
        assertThat(argon.containPackage("dev.argondb.engine")).isTrue();
    }

    @ParameterizedTest
    @MethodSource("layers")
    void layer_anyClass_usesNoHigherLayer(Layer layer) {
        noClasses()
                .that()
                .resideInAPackage(layer.name())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(layer.above().toArray(String[]::new))
                .allowEmptyShould(true)
                .check(argon);
    }

    @Test
    void api_anyClass_usesNoOtherModule() {
        noClasses()
                .that()
                .resideInAPackage("dev.argondb")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.argondb.engine..", "dev.argondb.orm..", "org.h2..", "org.hibernate..", "org.bson..")
                .allowEmptyShould(true)
                .check(argon);
    }

    @Test
    void engine_anyClass_knowsNoSqlAndNoJpa() {
        noClasses()
                .that()
                .resideInAPackage("dev.argondb.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.argondb.orm..",
                        "org.h2..",
                        "org.hibernate..",
                        "jakarta.persistence..",
                        "java.sql..",
                        "javax.sql..")
                .allowEmptyShould(true)
                .check(argon);
    }

    @Test
    void h2Internals_outsideTheSqlPackage_unused() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.argondb.orm.sql..")
                .should()
                .dependOnClassesThat(insideH2())
                .allowEmptyShould(true)
                .check(argon);
    }

    @Test
    void timeAndChance_outsideTheEnvironment_unused() {
        noClasses()
                .that(areNotTheEnvironment())
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(OffsetDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(ThreadLocalRandom.class, "current")
                .orShould()
                .callConstructor(Random.class)
                .orShould()
                .callConstructor(java.security.SecureRandom.class)
                .allowEmptyShould(true)
                .check(argon);
    }

    private static DescribedPredicate<JavaClass> insideH2() {
        return DescribedPredicate.describe(
                "are inside H2 (org.h2, but not its JDBC classes and org.h2.api)",
                type -> type.getPackageName().startsWith("org.h2.")
                        && !List.of("org.h2.api", "org.h2.jdbc", "org.h2.jdbcx").contains(type.getPackageName()));
    }

    private static DescribedPredicate<JavaClass> areNotTheEnvironment() {
        return DescribedPredicate.describe(
                "are not " + ENVIRONMENT,
                type -> !type.getName().equals(ENVIRONMENT) && !type.getName().startsWith(ENVIRONMENT + "$"));
    }

    /** A package, and the packages above it. */
    record Layer(String name, List<String> above) {
        @Override
        public String toString() {
            return name;
        }
    }
}
