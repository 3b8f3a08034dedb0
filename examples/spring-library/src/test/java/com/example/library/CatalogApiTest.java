package com.example.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.jdbc.Sql;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.annotation.Transactional;

/** The REST interface without a server, in the transaction of the test. */
@SpringBootTest
@AutoConfigureMockMvc
@Transactional
@Sql("/sql/clean.sql")
class CatalogApiTest {

    private static final String LATHE =
            """
            {"isbn": "%s", "title": "The Lathe of Heaven", "publishedOn": "1971-05-01", "publisher": "Scribner",
             "pages": 184, "authors": ["Ursula K. Le Guin", "A New Author"], "subjects": ["SCIENCE_FICTION"]}
            """;

    @Autowired
    private MockMvc mvc;

    @Autowired
    private JdbcTemplate jdbc;

    @Test
    void listsBooksByPage() throws Exception {
        mvc.perform(get("/api/books").param("size", "2"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.page.totalElements").value(4))
                .andExpect(jsonPath("$.content[0].title").value("Frankenstein"))
                .andExpect(jsonPath("$.content[1].authors.length()").value(2));
    }

    @Test
    void searchesByTitle() throws Exception {
        mvc.perform(get("/api/books").param("title", "darkness"))
                .andExpect(jsonPath("$.content.length()").value(1))
                .andExpect(jsonPath("$.content[0].isbn").value("9780441478125"));
    }

    @Test
    void showsABook() throws Exception {
        mvc.perform(get("/api/books/9780575048003"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.authors[0]").value("Neil Gaiman"))
                .andExpect(jsonPath("$.pages").value(288));
    }

    @Test
    void unknownBooksAreNotFound() throws Exception {
        mvc.perform(get("/api/books/1"))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.detail").value("No book with ISBN 1"));
    }

    @Test
    void addsABookInTheNameOfTheLibrarian() throws Exception {
        mvc.perform(post("/api/books")
                        .header("X-Librarian", "marian")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(LATHE.formatted("9780684122045")))
                .andExpect(status().isCreated())
                .andExpect(header().string("Location", "/api/books/9780684122045"))
                .andExpect(jsonPath("$.authors.length()").value(2));

        assertThat(jdbc.queryForObject(
                        "select p.created_by from publication p join book b on b.id = p.id where b.isbn = ?",
                        String.class,
                        "9780684122045"))
                .isEqualTo("marian");
    }

    @Test
    void aBookThatIsThereIsAConflict() throws Exception {
        mvc.perform(post("/api/books")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(LATHE.formatted("9780141439471")))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.detail").value("It is there already"));
    }

    @Test
    void aMalformedBookIsABadRequest() throws Exception {
        mvc.perform(post("/api/books").contentType(MediaType.APPLICATION_JSON).content(LATHE.formatted("12")))
                .andExpect(status().isBadRequest());
    }

    @Test
    void aStaleTitleIsAConflict() throws Exception {
        mvc.perform(put("/api/books/9780575048003/title")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"title\": \"Bad Omens\", \"version\": 77}"))
                .andExpect(status().isConflict());
    }

    @Test
    void nothingOfOtherTestsIsHere() {
        assertThat(jdbc.queryForObject("select count(*) from book", Integer.class))
                .isEqualTo(4);
    }
}
