package dev.argondb.spring.data;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.repository.NoRepositoryBean;

/** The base of an application's repositories. */
@NoRepositoryBean
public interface VersionedRepository<T, ID> extends JpaRepository<T, ID>, ArgonRepository<T, ID> {}
