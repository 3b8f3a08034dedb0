package dev.argondb.spring.data;

import org.springframework.data.jpa.repository.JpaRepository;

/** Says what its branches are, so that calls can be chained. */
@SuppressWarnings("unchecked") // of the override
public interface Seats extends JpaRepository<Seat, Seat.Key>, ArgonRepository<Seat, Seat.Key> {

    @Override
    Seats onBranch(String ref);
}
