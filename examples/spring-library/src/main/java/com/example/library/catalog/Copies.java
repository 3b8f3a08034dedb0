package com.example.library.catalog;

import jakarta.persistence.LockModeType;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

public interface Copies extends JpaRepository<Copy, Long> {

    Optional<Copy> findByBarcode(String barcode);

    /** The copy, and nobody else's until the transaction ends. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select c from Copy c where c.barcode = :barcode")
    Optional<Copy> lockByBarcode(String barcode);

    @Modifying(flushAutomatically = true, clearAutomatically = true)
    @Query("update Copy c set c.state = :to, c.version = c.version + 1 where c.state = :from")
    int changeState(Copy.State from, Copy.State to);
}
