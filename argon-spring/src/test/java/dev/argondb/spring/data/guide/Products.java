package dev.argondb.spring.data.guide;

import dev.argondb.spring.data.ArgonRepository;
import org.springframework.data.jpa.repository.JpaRepository;

public interface Products extends JpaRepository<Product, Long>, ArgonRepository<Product, Long> {}
