package dev.argondb.spring.data;

import org.springframework.data.jpa.repository.JpaRepository;

public interface ReviewLog extends JpaRepository<Review, Long>, ArgonRepository<Review, Long> {}
