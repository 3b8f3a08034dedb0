package com.example.library.loans;

import com.example.library.catalog.Publication;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;

public interface Reservations extends JpaRepository<Reservation, Long> {

    Optional<Reservation> findFirstByPublicationAndStatusOrderByPlacedAt(
            Publication publication, Reservation.Status status);
}
