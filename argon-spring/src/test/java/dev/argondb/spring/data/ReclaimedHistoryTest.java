package dev.argondb.spring.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.Argon;
import dev.argondb.Lsn;
import dev.argondb.Ref;
import dev.argondb.UnknownRefException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/** Histories of which retention has given up the older part. */
@DataTest
@TestPropertySource(properties = "argon.retention=PT2S")
@DirtiesContext // the directory goes with the class
class ReclaimedHistoryTest {

    @TempDir
    static Path directory;

    @Autowired
    private Items items;

    @Autowired
    private Categories categories;

    @Autowired
    private CategoryLog categoryLog;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private Argon argon;

    @DynamicPropertySource
    static void location(DynamicPropertyRegistry registry) {
        registry.add("argon.url", () -> "file:" + directory.resolve("data"));
    }

    private Lsn head() {
        return argon.resolve(Ref.parse("main")).orElseThrow();
    }

    @Test
    void history_ofWhatWasReclaimed_saysFromWhereItIs() throws InterruptedException {
        long lamp = items.save(new Item("lamp", 1)).getId();
        categories.save(new Category("light", "Light"));
        Lsn old = head();
        change("Lights", 2);
        Thread.sleep(2_500); // older than what is kept
        change("Lamps", 3);
        argon.retain();
        Lsn watermark = argon.storage().watermark().orElseThrow();
        assertThat(watermark).isGreaterThan(old);

        EntityHistory<Item, Long> ofItem = items.history(lamp);
        assertThat(ofItem.reclaimedBefore()).isPresent();
        assertThat(ofItem.changes()).isNotEmpty().hasSizeLessThan(3);
        assertThat(ofItem.changes().get(0).entity()).map(Item::getPrice).contains(3L);
        EntityHistory<Category, String> ofCategory = categoryLog.history("light");
        assertThat(ofCategory.reclaimedBefore()).isPresent();
        assertThat(ofCategory.changes()).isNotEmpty().hasSizeLessThan(3);
        assertThat(ofCategory.changes().get(0).entity()).map(Category::getTitle).contains("Lamps");

        assertThatThrownBy(() -> items.findAt(lamp, old)).isInstanceOf(UnknownRefException.class);
        assertThatThrownBy(() -> items.revert(lamp, old)).isInstanceOf(UnknownRefException.class);
        assertThat(items.findById(lamp)).map(Item::getPrice).isEqualTo(Optional.of(3L));
    }

    private void change(String title, long price) {
        transaction.executeWithoutResult(status -> {
            items.require("lamp").setPrice(price);
            categories.findById("light").orElseThrow().setTitle(title);
        });
    }
}
