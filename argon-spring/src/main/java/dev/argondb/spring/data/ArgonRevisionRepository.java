package dev.argondb.spring.data;

import org.springframework.data.repository.NoRepositoryBean;
import org.springframework.data.repository.history.RevisionRepository;

/**
 * A {@link RevisionRepository} that Argon serves, whatever the factory bean of the repository is; revisions are the commits that
 * changed the entity, and their numbers are LSNs.
 *
 * <p>A repository that extends {@code RevisionRepository<T, ID, Long>} itself is served just as well, unless a factory bean such as the one
 * of Spring Data Envers was chosen for it. The delegate of a revision's metadata is the {@link dev.argondb.Commit}. The entity of a
 * deletion's revision is the one that was deleted.
 *
 * @param <T> the entity
 * @param <ID> its identifier
 */
@NoRepositoryBean
public interface ArgonRevisionRepository<T, ID> extends RevisionRepository<T, ID, Long> {}
