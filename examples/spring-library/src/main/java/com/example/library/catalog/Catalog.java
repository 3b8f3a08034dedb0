package com.example.library.catalog;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
@Transactional(readOnly = true)
public class Catalog {

    private final Books books;
    private final Authors authors;

    Catalog(Books books, Authors authors) {
        this.books = books;
        this.authors = authors;
    }

    public record BookView(
            String isbn,
            String title,
            LocalDate publishedOn,
            int pages,
            List<String> authors,
            Set<Subject> subjects,
            long version) {

        static BookView of(Book book) {
            return new BookView(
                    book.getIsbn(),
                    book.getTitle(),
                    book.getPublishedOn(),
                    book.getPages(),
                    book.getAuthors().stream().map(Author::getName).sorted().toList(),
                    Set.copyOf(book.getSubjects()),
                    book.getVersion());
        }
    }

    public Page<BookListing> search(String title, Pageable page) {
        return books.findListingsByTitleContainingIgnoreCase(title, page);
    }

    public BookView find(String isbn) {
        return BookView.of(books.findWithAuthorsByIsbn(isbn).orElseThrow(() -> new UnknownBookException(isbn)));
    }

    @Transactional
    public BookView add(Book book, List<String> authorNames) {
        authorNames.forEach(name -> book.addAuthor(author(name)));
        return BookView.of(books.saveAndFlush(book));
    }

    @Transactional
    public BookView rename(String isbn, String title, long version) {
        Book book = books.findByIsbn(isbn).orElseThrow(() -> new UnknownBookException(isbn));
        if (book.getVersion() != version) {
            throw new StaleBookException(isbn, version, book.getVersion());
        }
        book.setTitle(title);
        books.flush();
        return BookView.of(book);
    }

    private Author author(String name) {
        return authors.findByName(name).orElseGet(() -> authors.save(new Author(name, null)));
    }
}
