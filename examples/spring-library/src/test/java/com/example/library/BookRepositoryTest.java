package com.example.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.library.catalog.Author;
import com.example.library.catalog.Authors;
import com.example.library.catalog.Book;
import com.example.library.catalog.BookListing;
import com.example.library.catalog.Books;
import com.example.library.catalog.Copies;
import com.example.library.catalog.Copy;
import com.example.library.catalog.Imprint;
import com.example.library.catalog.Magazine;
import com.example.library.catalog.MostBorrowed;
import com.example.library.catalog.Publication;
import com.example.library.catalog.Publications;
import com.example.library.catalog.Subject;
import com.example.library.catalog.SubjectCount;
import jakarta.validation.ConstraintViolationException;
import java.time.LocalDate;
import java.util.List;
import org.hibernate.Hibernate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.jpa.test.autoconfigure.TestEntityManager;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.jdbc.Sql;

@DataJpaTest
@Import(PersistenceConfiguration.class)
class BookRepositoryTest {

    @Autowired
    private Books books;

    @Autowired
    private Authors authors;

    @Autowired
    private Publications publications;

    @Autowired
    private Copies copies;

    @Autowired
    private TestEntityManager entities;

    @Autowired
    private JdbcTemplate jdbc;

    private static Book book(String isbn, String title) {
        return new Book(isbn, title, LocalDate.of(1971, 5, 1), new Imprint("Scribner", "New York"), 184);
    }

    @Test
    void findsByIsbn() {
        Book book = books.findByIsbn("9780441478125").orElseThrow();

        assertThat(book.getTitle()).isEqualTo("The Left Hand of Darkness");
        assertThat(book.getImprint()).isEqualTo(new Imprint("Ace Books", "New York"));
        assertThat(book.getSubjects()).containsExactly(Subject.SCIENCE_FICTION);
    }

    @Test
    void findsByPartOfAnAuthorsName() {
        assertThat(books.findByAuthorsNameContainingIgnoreCaseOrderByTitle("le guin"))
                .extracting(Book::getTitle)
                .containsExactly("The Dispossessed", "The Left Hand of Darkness");
    }

    @Test
    void findsByDate() {
        assertThat(books.findByPublishedOnBetween(LocalDate.of(1960, 1, 1), LocalDate.of(1980, 1, 1)))
                .extracting(Book::getTitle)
                .containsExactlyInAnyOrder("The Dispossessed", "The Left Hand of Darkness");
    }

    @Test
    void fetchesAuthorsWithTheBook() {
        Book book = books.findWithAuthorsByIsbn("9780575048003").orElseThrow();

        assertThat(Hibernate.isInitialized(book.getAuthors())).isTrue();
        assertThat(book.getAuthors())
                .extracting(Author::getName)
                .containsExactlyInAnyOrder("Neil Gaiman", "Terry Pratchett");
    }

    @Test
    void listsPages() {
        Page<BookListing> page =
                books.findListingsByTitleContainingIgnoreCase("", PageRequest.of(1, 3, Sort.by("title")));

        assertThat(page.getTotalElements()).isEqualTo(4);
        assertThat(page.getTotalPages()).isEqualTo(2);
        assertThat(page.getContent()).extracting(BookListing::getTitle).containsExactly("The Left Hand of Darkness");
        assertThat(page.getContent().get(0).getAuthors())
                .extracting(BookListing.AuthorName::getName)
                .containsExactly("Ursula K. Le Guin");
    }

    @Test
    void findsShortBooksOfASubject() {
        assertThat(books.findShort(Subject.SCIENCE_FICTION, 310))
                .extracting(Book::getTitle)
                .containsExactly("Frankenstein", "The Left Hand of Darkness");
    }

    @Test
    void findsBySpecification() {
        List<Book> found = books.findAll((root, query, criteria) -> criteria.and(
                criteria.greaterThan(root.get("pages"), 280),
                criteria.equal(root.get("imprint").get("city"), "New York")));

        assertThat(found).hasSize(2);
    }

    @Test
    void countsPublicationsBySubject() {
        assertThat(publications.countBySubject())
                .contains(new SubjectCount(Subject.SCIENCE_FICTION, 4), new SubjectCount(Subject.FANTASY, 2))
                .first()
                .isEqualTo(new SubjectCount(Subject.SCIENCE_FICTION, 4));
    }

    @Test
    @Sql("/sql/loans.sql")
    void reportsWhatIsBorrowedMost() {
        assertThat(books.findMostBorrowed(2))
                .extracting(MostBorrowed::getTitle, MostBorrowed::getLoans)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("The Left Hand of Darkness", 2L),
                        org.assertj.core.groups.Tuple.tuple("Frankenstein", 1L));
    }

    @Test
    void savesABookWithAuthorsSubjectsAndCopies() {
        Book book = book("9780684122045", "The Lathe of Heaven");
        book.addAuthor(authors.findByName("Ursula K. Le Guin").orElseThrow());
        book.getSubjects().add(Subject.SCIENCE_FICTION);
        book.addCopy("LH-1", Copy.State.NEW);
        book.addCopy("LH-2", Copy.State.NEW);
        Long id = books.saveAndFlush(book).getId();
        entities.clear();

        Book found = books.findById(id).orElseThrow();
        assertThat(found.getCopies()).extracting(Copy::getBarcode).containsExactly("LH-1", "LH-2");
        assertThat(found.getSubjects()).containsExactly(Subject.SCIENCE_FICTION);
        assertThat(jdbc.queryForObject("select count(*) from book_author where book_id = ?", Integer.class, id))
                .isEqualTo(1);
    }

    @Test
    void filledDatabaseGivesNewIds() {
        assertThat(books.save(book("9780684122045", "The Lathe of Heaven")).getId())
                .isGreaterThan(1000);
    }

    @Test
    void notesWhoSavedABookAndWhen() {
        Book book = books.saveAndFlush(book("9780684122045", "The Lathe of Heaven"));

        assertThat(book.getCreatedBy()).isEqualTo("system");
        assertThat(book.getUpdatedBy()).isEqualTo("system");
        assertThat(book.getCreatedAt()).isNotNull().isEqualTo(book.getUpdatedAt());
    }

    @Test
    void removesACopyThatIsNoLongerThere() {
        Book book = books.findByIsbn("9780441478125").orElseThrow();
        book.removeCopy(book.getCopies().get(1));
        books.saveAndFlush(book);
        entities.clear();

        assertThat(copies.findByBarcode("LHD-1")).isPresent();
        assertThat(copies.findByBarcode("LHD-2")).isEmpty();
    }

    @Test
    void removesABookWithAllThatIsItsOwn() {
        books.delete(books.findByIsbn("9780575048003").orElseThrow());
        books.flush();

        assertThat(jdbc.queryForList("select title from publication where id = 2"))
                .isEmpty();
        assertThat(jdbc.queryForList("select * from book_author where book_id = 2"))
                .isEmpty();
        assertThat(jdbc.queryForList("select * from publication_subject where publication_id = 2"))
                .isEmpty();
        assertThat(authors.findByName("Neil Gaiman")).isPresent();
    }

    @Test
    void anAuthorWithBooksIsNotRemoved() {
        assertThatThrownBy(() -> jdbc.update("delete from author where name = 'Mary Shelley'"))
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void twoBooksOfOneIsbnAreRefused() {
        assertThatThrownBy(() -> books.saveAndFlush(book("9780141439471", "Another Frankenstein")))
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void aMalformedIsbnIsRefused() {
        Book malformed = book("12", "Twelve");

        assertThatThrownBy(() -> books.saveAndFlush(malformed)).isInstanceOf(ConstraintViolationException.class);
    }

    @Test
    void aMissingTitleIsRefusedByTheDatabase() {
        assertThatThrownBy(() -> jdbc.update("update publication set title = null where id = 1"))
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void publicationsAreBooksAndMagazines() {
        List<Publication> all = publications.findAll(Sort.by("title"));

        assertThat(all).hasSize(5);
        assertThat(all).filteredOn(Magazine.class::isInstance).singleElement().satisfies(magazine -> assertThat(
                        ((Magazine) magazine).getIssn())
                .isEqualTo("0264-3596"));
    }

    @Test
    void changesTheStateOfAllCopiesAtOnce() {
        Copy copy = copies.findByBarcode("GO-1").orElseThrow();

        assertThat(copies.changeState(Copy.State.GOOD, Copy.State.WORN)).isEqualTo(4);
        assertThat(entities.getEntityManager().contains(copy)).isFalse();
        assertThat(copies.findByBarcode("GO-1").orElseThrow().getState()).isEqualTo(Copy.State.WORN);
    }
}
