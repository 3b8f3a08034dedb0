package dev.argondb.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.flash;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.argondb.Argon;
import dev.argondb.BranchScope;
import dev.argondb.Lsn;
import dev.argondb.Ref;
import dev.argondb.examples.shop.catalogue.Product;
import dev.argondb.examples.shop.catalogue.Products;
import dev.argondb.examples.shop.orders.Customers;
import dev.argondb.examples.shop.orders.OrderDesk;
import dev.argondb.examples.shop.versions.MergeDesk;
import dev.argondb.examples.shop.versions.Shopper;
import dev.argondb.examples.shop.versions.View;
import java.math.BigDecimal;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** What the pages do with visitors who try the wrong thing. They are about several branches, so they do not work on one of a test. */
@SpringBootTest(properties = "argon.url=mem:shop-pages-test")
@AutoConfigureMockMvc
class ShopPagesTest {

    @Autowired
    private MockMvc mvc;

    @Autowired
    private Argon argon;

    @Autowired
    private Products products;

    @Autowired
    private Customers customers;

    @Autowired
    private OrderDesk desk;

    @Autowired
    private MergeDesk merges;

    private Lsn mainBefore = new Lsn(1);

    @BeforeEach
    void remember() {
        mainBefore = argon.branch("main").headLsn().orElseThrow();
    }

    @AfterEach
    void goBack() {
        argon.resetBranch("main", mainBefore);
    }

    private Product lamp() {
        return products.findBySku("LI-101").orElseThrow();
    }

    private static MockHttpSession session(String user, String view) {
        MockHttpSession session = new MockHttpSession();
        session.setAttribute(Shopper.SESSION_ATTRIBUTE, user);
        session.setAttribute(View.SESSION_ATTRIBUTE, view);
        return session;
    }

    private MockHttpServletRequestBuilder order(UUID key, int quantity) {
        return post("/shop/products/" + lamp().getId() + "/order")
                .param("key", key.toString())
                .param(
                        "customer",
                        customers.findAllByOrderByName().get(0).getId().toString())
                .param("quantity", Integer.toString(quantity));
    }

    private MockHttpServletRequestBuilder change(String price) {
        return post("/shop/products/" + lamp().getId())
                .param("name", "Lamp")
                .param("description", "A lamp.")
                .param("price", price)
                .param("reason", "because")
                .param("version", Long.toString(lamp().getVersion()));
    }

    @Test
    void order_sentTwice_isPlacedOnce() throws Exception {
        int before = desk.orders().size();
        UUID key = UUID.randomUUID();

        mvc.perform(order(key, 1)).andExpect(redirectedUrl("/shop/orders"));
        mvc.perform(order(key, 1)).andExpect(redirectedUrl("/shop/orders"));

        assertThat(desk.orders()).hasSize(before + 1);
    }

    @Test
    void order_ofMoreThanThereIs_isRefusedInWords() throws Exception {
        mvc.perform(order(UUID.randomUUID(), 99))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("There are 23 of `Harbour desk lamp` in stock, not 99.")));
    }

    @Test
    void guest_changingAProduct_isForbidden() throws Exception {
        mvc.perform(change("1.00"))
                .andExpect(status().isForbidden())
                .andExpect(content().string(containsString("Only staff may do this.")));
        assertThat(lamp().getPrice()).isEqualByComparingTo("74.00");
    }

    @Test
    void staff_changingAProduct_isTheAuthor() throws Exception {
        mvc.perform(change("75.00").session(session("ben", "main"))).andExpect(status().is3xxRedirection());

        var commit = argon.commits(Ref.Head.MAIN, 1).get(0);
        assertThat(commit.author()).isEqualTo("ben");
        assertThat(commit.message()).isEqualTo("because");
    }

    @Test
    void price_thatIsNone_isShownWithTheForm() throws Exception {
        mvc.perform(change("-3").session(session("ben", "main")))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("must be greater than or equal to 0.01")));
    }

    @Test
    void form_sentAfterAnotherChange_isRefusedInWords() throws Exception {
        MockHttpServletRequestBuilder stale = post("/shop/products/" + lamp().getId())
                .param("name", "Lamp")
                .param("description", "A lamp.")
                .param("price", "75.00")
                .param("version", "0");
        mvc.perform(stale.session(session("ben", "main")))
                .andExpect(content().string(containsString("Somebody else changed `Harbour desk lamp` meanwhile.")));
    }

    @Test
    void change_ofThePast_isRefusedInWords() throws Exception {
        String past = "main@" + mainBefore;

        mvc.perform(change("1.00").session(session("ben", past)))
                .andExpect(status().isConflict())
                .andExpect(content().string(containsString("The past can be read, not changed")));
        mvc.perform(order(UUID.randomUUID(), 1).session(session("ben", past))).andExpect(status().isConflict());
    }

    @Test
    void programs_changingThePast_areRefused() throws Exception {
        mvc.perform(put("/api/products/" + lamp().getId() + "/price")
                        .header("Argon-Ref", "main@" + mainBefore)
                        .header(Shopper.HEADER, "ann")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"price\": 1, \"version\": " + lamp().getVersion() + "}"))
                .andExpect(status().isConflict());
    }

    @Test
    void guest_lookingAtAPrivateBranch_isForbiddenAndToldNothing() throws Exception {
        mvc.perform(get("/api/products").header("Argon-Ref", "private/autumn")).andExpect(status().isForbidden());
        mvc.perform(get("/api/products").header("Argon-Ref", "private/no-such")).andExpect(status().isForbidden());
        mvc.perform(get("/api/products").header("Argon-Ref", "privat"))
                .andExpect(status().isNotFound())
                .andExpect(content().string(not(containsString("private/autumn"))));
        mvc.perform(get("/branches")).andExpect(content().string(not(containsString("private/autumn"))));
        mvc.perform(get("/compare").param("from", "main").param("to", "private/autumn"))
                .andExpect(content().string(containsString("`private/autumn` is for staff only.")))
                .andExpect(content().string(not(containsString("Felted slippers"))));
        mvc.perform(post("/view").param("branch", "private/autumn"))
                .andExpect(flash().attribute("problem", "`private/autumn` is for staff only."));
    }

    @Test
    void staff_lookingAtAPrivateBranch_seesIt() throws Exception {
        mvc.perform(get("/shop").session(session("ann", "private/autumn")))
                .andExpect(content().string(containsString("Felted slippers")));
    }

    @Test
    void staff_becomingAGuest_leavesThePrivateBranch() throws Exception {
        mvc.perform(get("/shop").session(session("guest", "private/autumn")))
                .andExpect(status().isOk())
                .andExpect(content().string(not(containsString("Felted slippers"))))
                .andExpect(content().string(containsString("`private/autumn` cannot be shown any more.")));
    }

    @Test
    void branch_unknown_isRefusedWithoutTheNamesOfOthers() throws Exception {
        mvc.perform(post("/view").param("branch", "privat/autumn"))
                .andExpect(flash().attribute(
                                "problem", "There is no `privat/autumn`; choose one of the branches in the list."));
    }

    @Test
    void header_namingABranch_isServedOnIt() throws Exception {
        mvc.perform(get("/api/products/" + lamp().getId()).header("Argon-Ref", "spring-sale"))
                .andExpect(jsonPath("$.price").value(51.00));
    }

    @Test
    void merge_plannedBeforeAnotherChange_isNotMade() throws Exception {
        argon.createBranch("moved", "main");
        BranchScope.run("moved", () -> {
            Product lamp = lamp();
            lamp.setName("Lamp of the branch");
            products.save(lamp);
        });
        String stamp = merges.propose("moved", "main", Map.of()).stamp();
        Product lamp = lamp();
        lamp.setPrice(new BigDecimal("99.00"));
        products.save(lamp);

        mvc.perform(post("/merge")
                        .param("source", "moved")
                        .param("target", "main")
                        .param("stamp", stamp)
                        .session(session("ann", "main")))
                .andExpect(content().string(containsString("Nothing was merged; look at it again.")));
        assertThat(lamp().getName()).isEqualTo("Harbour desk lamp");
        argon.deleteBranch("moved");
    }

    @Test
    void merge_withConflictsUndecided_isNotMade() throws Exception {
        MergeDesk.Proposal proposal = merges.propose("spring-sale", "main", Map.of());
        assertThat(proposal.conflicts()).hasSize(2);

        mvc.perform(post("/merge")
                        .param("source", "spring-sale")
                        .param("target", "main")
                        .param("stamp", proposal.stamp())
                        .param("id0", proposal.conflicts().get(0).id())
                        .param("choice0", "theirs")
                        .session(session("ann", "main")))
                .andExpect(content().string(containsString("Some conflicts are not decided yet.")));
        assertThat(argon.branch("main").headLsn()).contains(mainBefore);
    }

    @Test
    void merge_byAGuest_isForbidden() throws Exception {
        mvc.perform(post("/merge")
                        .param("source", "spring-sale")
                        .param("target", "main")
                        .param("stamp", "0-0"))
                .andExpect(status().isForbidden());
    }

    @Test
    void merge_withAValueThatIsNoNumber_isRefusedInWords() throws Exception {
        MergeDesk.Proposal proposal = merges.propose("spring-sale", "main", Map.of());
        String price = proposal.conflicts().stream()
                .filter(conflict -> conflict.field().equals("price"))
                .findFirst()
                .orElseThrow()
                .id();

        mvc.perform(post("/merge")
                        .param("source", "spring-sale")
                        .param("target", "main")
                        .param("stamp", proposal.stamp())
                        .param("id0", price)
                        .param("choice0", "value")
                        .param("value0", "cheap")
                        .session(session("ann", "main")))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("`cheap` is not a number")));
    }
}
