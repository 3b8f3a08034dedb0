package dev.argondb.engine.page;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.InvalidRequestException;
import org.junit.jupiter.api.Test;

final class PageStoreSettingsTest {

    private static final PageStoreSettings SETTINGS = PageStoreSettings.DEFAULT;

    @Test
    void settings_outOfRange_areRefusedByName() {
        assertRefused(() -> SETTINGS.withCompressionLevel(0), "compression level `0` is out of range; use 1 to 19");
        assertRefused(
                () -> SETTINGS.withMaxFilePages(1 << 21),
                "number of pages of a file `2097152` is out of range; use 1 to 1048576");
        assertRefused(() -> SETTINGS.withOpenFiles(0), "number of open files `0` is out of range; use 1 to 2147483647");
    }

    private static void assertRefused(Runnable action, String message) {
        assertThatThrownBy(action::run)
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(message);
    }
}
