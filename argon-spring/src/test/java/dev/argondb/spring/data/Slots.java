package dev.argondb.spring.data;

import org.springframework.data.jpa.repository.JpaRepository;

/** Says what its branches are, so that calls can be chained. */
@SuppressWarnings("unchecked") // of the override
public interface Slots extends JpaRepository<Slot, Slot.Key>, ArgonRepository<Slot, Slot.Key> {

    @Override
    Slots onBranch(String ref);
}
