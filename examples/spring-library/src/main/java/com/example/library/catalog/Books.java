package com.example.library.catalog;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.jpa.repository.Query;

public interface Books extends JpaRepository<Book, Long>, JpaSpecificationExecutor<Book> {

    Optional<Book> findByIsbn(String isbn);

    boolean existsByIsbn(String isbn);

    List<Book> findByAuthorsNameContainingIgnoreCaseOrderByTitle(String name);

    List<Book> findByPublishedOnBetween(LocalDate from, LocalDate to);

    @EntityGraph(attributePaths = "authors")
    Optional<Book> findWithAuthorsByIsbn(String isbn);

    Page<BookListing> findListingsByTitleContainingIgnoreCase(String title, Pageable page);

    @Query("select b from Book b where :subject member of b.subjects and b.pages < :pages order by b.title")
    List<Book> findShort(Subject subject, int pages);

    @Query(
            nativeQuery = true,
            value =
                    """
            select p.title as title, count(*) as loans
            from loan l
            join copy c on c.id = l.copy_id
            join publication p on p.id = c.publication_id
            group by p.title
            order by count(*) desc, p.title
            limit :rows
            """)
    List<MostBorrowed> findMostBorrowed(int rows);
}
