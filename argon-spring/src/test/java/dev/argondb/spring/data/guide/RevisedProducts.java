package dev.argondb.spring.data.guide;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.repository.history.RevisionRepository;

public interface RevisedProducts extends JpaRepository<Product, Long>, RevisionRepository<Product, Long, Long> {}
