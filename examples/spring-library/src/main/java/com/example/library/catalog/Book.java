package com.example.library.catalog;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;

@Entity
public class Book extends Publication {

    @Pattern(regexp = "97[89]\\d{10}")
    @Column(nullable = false, unique = true, length = 13)
    private String isbn;

    @Positive
    private int pages;

    @ManyToMany
    @JoinTable(
            name = "book_author",
            joinColumns = @JoinColumn(name = "book_id"),
            inverseJoinColumns = @JoinColumn(name = "author_id"))
    private Set<Author> authors = new HashSet<>();

    protected Book() {}

    public Book(String isbn, String title, LocalDate publishedOn, Imprint imprint, int pages) {
        super(title, publishedOn, imprint);
        this.isbn = isbn;
        this.pages = pages;
    }

    public void addAuthor(Author author) {
        authors.add(author);
        author.getBooks().add(this);
    }

    public String getIsbn() {
        return isbn;
    }

    public int getPages() {
        return pages;
    }

    public void setPages(int pages) {
        this.pages = pages;
    }

    public Set<Author> getAuthors() {
        return authors;
    }
}
