package com.example.library.catalog;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.web.PageableDefault;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/books")
class BookController {

    private final Catalog catalog;

    BookController(Catalog catalog) {
        this.catalog = catalog;
    }

    record NewBook(
            @Pattern(regexp = "97[89]\\d{10}") String isbn,
            @NotBlank String title,
            LocalDate publishedOn,
            @NotBlank String publisher,
            String city,
            @Positive int pages,
            @NotEmpty List<String> authors,
            Set<Subject> subjects) {

        Book toBook() {
            Book book = new Book(isbn, title, publishedOn, new Imprint(publisher, city), pages);
            book.getSubjects().addAll(subjects);
            return book;
        }
    }

    record NewTitle(@NotBlank String title, long version) {}

    @GetMapping
    Page<BookListing> search(
            @RequestParam(defaultValue = "") String title, @PageableDefault(size = 20, sort = "title") Pageable page) {
        return catalog.search(title, page);
    }

    @GetMapping("/{isbn}")
    Catalog.BookView find(@PathVariable String isbn) {
        return catalog.find(isbn);
    }

    @PostMapping
    ResponseEntity<Catalog.BookView> add(@Valid @RequestBody NewBook request) {
        Catalog.BookView added = catalog.add(request.toBook(), request.authors());
        return ResponseEntity.created(URI.create("/api/books/" + added.isbn())).body(added);
    }

    @PutMapping("/{isbn}/title")
    Catalog.BookView rename(@PathVariable String isbn, @Valid @RequestBody NewTitle request) {
        return catalog.rename(isbn, request.title(), request.version());
    }
}
