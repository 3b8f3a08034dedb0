package dev.argondb.spring.data;

import org.springframework.data.jpa.repository.JpaRepository;

public interface Categories extends JpaRepository<Category, String> {}
