package dev.argondb.spring.data;

import org.springframework.data.jpa.repository.JpaRepository;

/** Says what its branches are, so that calls can be chained. */
@SuppressWarnings("unchecked") // of the override
public interface Placements extends JpaRepository<Placement, Placement.Key>, ArgonRepository<Placement, Placement.Key> {

    @Override
    Placements onBranch(String ref);
}
