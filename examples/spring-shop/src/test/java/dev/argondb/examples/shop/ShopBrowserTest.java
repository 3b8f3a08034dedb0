package dev.argondb.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.argondb.Argon;
import dev.argondb.examples.shop.catalogue.Products;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;

/**
 * The shop as a visitor sees it, in a real browser where one is installed; pictures of all pages are in {@code screens} below the
 * build directory.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "argon.url=mem:shop-browser-test")
@DirtiesContext
class ShopBrowserTest {

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    @LocalServerPort
    private int port;

    @Autowired
    private Products products;

    @Autowired
    private Argon argon;

    @Autowired
    private Clock clock;

    /** Not removed afterwards: the browser may still write into it for a moment. */
    @TempDir(cleanup = CleanupMode.NEVER)
    private Path profile;

    private @Nullable Browser started;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        Optional<Path> program = Browser.installed();
        assumeTrue(program.isPresent(), "no Chromium is installed; on Debian: apt-get install chromium");
        started = Browser.start(program.orElseThrow(), profile);
    }

    @AfterEach
    void stop() {
        if (started != null) {
            started.close();
        }
    }

    private Browser browser() {
        return Objects.requireNonNull(started);
    }

    private void open(String path) {
        browser().open("http://127.0.0.1:" + port + path);
    }

    private void photograph(String name) throws IOException {
        Path build = Path.of(System.getProperty("java.io.tmpdir")).resolveSibling("screens");
        browser().photograph(build.resolve(name + ".png"));
    }

    private void become(String name) {
        browser().fill("#user", name).follow("[action='/user'] button");
    }

    private void look(String branch, String moment) {
        browser().fill("#branch", branch).fill("#moment", moment).follow(".viewbar [action='/view'] button");
    }

    private String product(String sku) {
        return "/shop/products/" + products.findBySku(sku).orElseThrow().getId();
    }

    @Test
    void visitor_comparesDecidesAndMerges_andSeesThePast() throws IOException, InterruptedException {
        browser().width(1200);
        open("/");
        assertThat(browser().text(".state")).contains("Live").contains("main");
        assertThat(browser().count(".card")).isEqualTo(13);
        photograph("01-shop");
        open(product("LI-101"));
        assertThat(browser().text(".price")).isEqualTo("€ 74.00");
        assertThat(browser().count("#price")).isZero();
        photograph("02-product-guest");

        become("ann");
        look("spring-sale", "");
        assertThat(browser().text(".state")).contains("Preview").contains("spring-sale");
        photograph("03-shop-preview-staff");
        open(product("LI-101"));
        assertThat(browser().text(".price")).isEqualTo("€ 51.00");
        photograph("04-product-staff");
        browser().fill("#price", "45.00").fill("#reason", "Even less").follow(".rows button");
        assertThat(browser().text(".message.good")).isEqualTo("Saved on `spring-sale`.");
        assertThat(browser().text("table tbody tr"))
                .contains("ann")
                .contains("Even less")
                .contains("45.00");
        photograph("05-product-saved");

        browser().follow("[action$='/order'] button");
        assertThat(browser().text(".message.good")).contains("is placed on `spring-sale`");
        photograph("06-orders");

        open("/branches");
        photograph("07-branches");
        open("/compare?from=main&to=spring-sale");
        assertThat(browser().text("main"))
                .contains("Harbour desk lamp")
                .contains("74.00")
                .contains("45.00");
        photograph("08-compare");

        String before = MOMENT.format(clock.instant());
        Thread.sleep(1100); // moments of the form are whole seconds
        open("/merge?source=spring-sale&target=main");
        assertThat(browser().count("fieldset")).isEqualTo(2);
        photograph("09-merge-conflicts");
        browser().width(390);
        photograph("10-merge-narrow");
        browser().width(1200);
        browser().check("[value=theirs][name=choice0]").check("[value=value][name=choice1]");
        browser().fill("[name=value1]", "Steel. For every stove.").follow("button.big");
        assertThat(browser().text(".message.good")).contains("`spring-sale` is merged into `main`");
        photograph("11-merged");
        open("/merge?source=spring-sale&target=main");
        assertThat(browser().text("main")).contains("There is nothing to merge");
        photograph("12-nothing-to-merge");

        look("main", before);
        assertThat(browser().text(".state")).contains("Past, read-only");
        open(product("LI-101"));
        assertThat(browser().text(".price")).isEqualTo("€ 74.00");
        assertThat(browser().count("main form")).isZero();
        photograph("13-past");
        browser().follow(".viewbar form:last-of-type button");
        assertThat(browser().text(".state")).contains("Live");
        assertThat(browser().complaints()).isEmpty();
    }

    @Test
    void visitor_typingNonsense_isToldInWords() throws IOException {
        browser().width(1200);
        open("/");
        look("main", "2999-01-01T00:00:00");
        assertThat(browser().text(".message.bad")).contains("has not come yet");
        photograph("20-future");
        look("main", "1999-01-01T00:00:00");
        assertThat(browser().text(".message.bad")).contains("nothing on `main` yet");
        become("ben");
        open("/branches");
        browser().fill("#new-name", "no:name").follow(".narrow button");
        assertThat(browser().text(".message.bad")).contains("`no:name` is not a branch name");
        photograph("21-bad-branch-name");
        open("/shop/products/4711");
        assertThat(browser().text("h1")).isEqualTo("Not here");
        photograph("22-not-here");
        browser().width(390);
        open("/shop");
        photograph("23-shop-narrow");
    }

    @Test
    void name_withMarkup_isText() throws IOException {
        String markup = "<script>document.title = 'taken'</script><b>Lamp</b>";
        browser().width(1200);
        open("/");
        become("ann");
        open(product("LI-104"));
        browser().fill("#name", markup).fill("#reason", markup).follow(".rows button");
        assertThat(browser().text("h1")).isEqualTo(markup);
        assertThat(browser().text("table tbody tr")).contains(markup);
        assertThat(browser().evaluate("document.title").asString()).startsWith(markup);
        photograph("30-markup");
    }

    @Test
    void branch_deletedUnderAVisitor_bringsThemBackToMain() throws IOException {
        browser().width(1200);
        argon.createBranch("short-lived", "main");
        open("/");
        look("short-lived", "");
        argon.deleteBranch("short-lived");
        open("/shop");
        assertThat(browser().text(".message.good"))
                .isEqualTo("`short-lived` cannot be shown any more. This is `main`.");
        assertThat(browser().text(".state")).contains("Live");
    }
}
