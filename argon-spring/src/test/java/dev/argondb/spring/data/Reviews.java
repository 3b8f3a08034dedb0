package dev.argondb.spring.data;

import org.springframework.data.jpa.repository.JpaRepository;

public interface Reviews extends JpaRepository<Review, Long> {}
