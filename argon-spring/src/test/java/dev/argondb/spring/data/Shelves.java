package dev.argondb.spring.data;

import org.springframework.data.jpa.repository.JpaRepository;

/** Says what its branches are, so that calls can be chained. */
public interface Shelves
        extends JpaRepository<Shelf, Shelf.Place>,
                ArgonRepository<Shelf, Shelf.Place>,
                ArgonRevisionRepository<Shelf, Shelf.Place> {

    @Override
    @SuppressWarnings("unchecked")
    Shelves onBranch(String ref);
}
