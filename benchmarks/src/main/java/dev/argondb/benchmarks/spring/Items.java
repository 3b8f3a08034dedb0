package dev.argondb.benchmarks.spring;

import org.springframework.data.jpa.repository.JpaRepository;

/** The items. */
public interface Items extends JpaRepository<Item, Long> {

    long countByOwner(String owner);
}
