package dev.argondb.spring.data;

import org.springframework.data.jpa.repository.JpaRepository;

/** Says what its branches are, so that calls can be chained. */
@SuppressWarnings("unchecked") // of the override
public interface Shelves
        extends JpaRepository<Shelf, Shelf.Place>,
                ArgonRepository<Shelf, Shelf.Place>,
                ArgonRevisionRepository<Shelf, Shelf.Place> {

    @Override
    Shelves onBranch(String ref);
}
