package dev.argondb.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an IDE shows of the properties. */
class ConfigurationMetadataTest {

    private static JsonNode read(String resource) throws IOException {
        try (InputStream metadata = ArgonProperties.class.getResourceAsStream("/META-INF/" + resource)) {
            return new JsonMapper().readTree(Objects.requireNonNull(metadata, resource));
        }
    }

    private static Stream<JsonNode> ours(JsonNode metadata, String part) {
        return StreamSupport.stream(metadata.path(part).spliterator(), false)
                .filter(item -> item.path("name").asString().startsWith("argon."));
    }

    private static List<String> names(JsonNode metadata, String part) {
        return ours(metadata, part).map(item -> item.path("name").asString()).toList();
    }

    /** Returns the names of the properties that {@link ArgonProperties} has. */
    List<String> ownProperties() throws IOException {
        return ours(read("spring-configuration-metadata.json"), "properties")
                .filter(property -> property.path("sourceType").asString().startsWith(ArgonProperties.class.getName()))
                .map(property -> property.path("name").asString())
                .toList();
    }

    @Test
    void properties_haveADescriptionAndAType() throws IOException {
        JsonNode metadata = read("spring-configuration-metadata.json");
        assertThat(names(metadata, "properties"))
                .contains(
                        "argon.author",
                        "argon.cache-size",
                        "argon.cold",
                        "argon.enabled",
                        "argon.isolation",
                        "argon.ref",
                        "argon.retention",
                        "argon.schema.management",
                        "argon.snapshot.bytes",
                        "argon.snapshot.entries",
                        "argon.sync",
                        "argon.url");
        assertThat(ours(metadata, "properties")).allSatisfy(property -> {
            assertThat(property.path("description").asString())
                    .as(property.path("name").asString())
                    .endsWith(".")
                    .doesNotContain("{@");
            assertThat(property.path("type").asString()).isNotEmpty();
            assertThat(property.path("name").asString()).matches("argon(\\.[a-z]+(-[a-z]+)*)+");
        });
    }

    @Test
    void hints_areOfPropertiesThatAreThere() throws IOException {
        List<String> properties = names(read("spring-configuration-metadata.json"), "properties");
        List<String> hints = names(read("additional-spring-configuration-metadata.json"), "hints");

        assertThat(hints).isNotEmpty();
        assertThat(properties).containsAll(hints);
    }
}
