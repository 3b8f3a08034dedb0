package dev.argondb.examples.shop.catalogue;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

/** The parts of the catalogue. */
public interface Categories extends JpaRepository<Category, Long> {

    List<Category> findAllByOrderByName();
}
