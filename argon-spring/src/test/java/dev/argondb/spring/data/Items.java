package dev.argondb.spring.data;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.history.RevisionRepository;
import org.springframework.transaction.annotation.Transactional;

public interface Items
        extends JpaRepository<Item, Long>,
                JpaSpecificationExecutor<Item>,
                ArgonRepository<Item, Long>,
                RevisionRepository<Item, Long, Long> {

    /** A projection by getters. */
    interface Named {
        String getName();
    }

    /** A projection by constructor. */
    record Label(String name, Cents price) {}

    Optional<Item> findByName(String name);

    List<Item> findByCategoryTitleOrderByNameDesc(String title);

    long countByState(Item.State state);

    boolean existsByTagsContaining(String tag);

    List<Named> findNamedByNameStartingWith(String start, Sort sort);

    List<Label> findByNameIn(List<String> names, Limit limit);

    <P> List<P> findByState(Item.State state, Class<P> projection);

    Page<Item> findByNameNot(String name, Pageable pageable);

    Slice<Item> findByNameIsNotNull(Pageable pageable);

    Window<Item> findFirst2ByOrderByName(ScrollPosition position);

    Stream<Item> streamByOrderByName();

    @Query("select i.name from Item i join i.category c where c.code = :code order by i.name")
    List<String> namesIn(String code);

    @NativeQuery("select count(*) from item where item_name like ?1")
    long countLike(String pattern);

    @EntityGraph("withTags")
    List<Item> findWithTagsByOrderByName();

    @EntityGraph(attributePaths = "category")
    Optional<Item> findWithCategoryByName(String name);

    @Lock(LockModeType.OPTIMISTIC)
    Optional<Item> findCheckedByName(String name);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    Optional<Item> findLockedByName(String name);

    @Modifying(flushAutomatically = true, clearAutomatically = true)
    @Transactional
    @Query("update Item i set i.state = :state where i.name like :pattern")
    int mark(String pattern, Item.State state);

    @Modifying
    @Transactional
    @NativeQuery("update item set state = 'SOLD' where item_name = ?1")
    int sell(String name);

    @Transactional
    long deleteByNameStartingWith(String start);

    default Item require(String name) {
        return findByName(name).orElseThrow();
    }
}
