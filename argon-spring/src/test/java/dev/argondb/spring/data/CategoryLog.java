package dev.argondb.spring.data;

import org.springframework.data.jpa.repository.JpaRepository;

public interface CategoryLog extends JpaRepository<Category, String>, ArgonRepository<Category, String> {}
