package com.example.library.loans;

import com.example.library.catalog.Publications;
import org.springframework.scheduling.annotation.Async;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionalEventListener;

/** Puts what came back aside for whoever waits for it. */
@Component
class ReservationShelf {

    private final Publications publications;
    private final Reservations reservations;

    ReservationShelf(Publications publications, Reservations reservations) {
        this.publications = publications;
        this.reservations = reservations;
    }

    @Async
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    @TransactionalEventListener
    public void putAside(CopyReturned event) {
        reservations
                .findFirstByPublicationAndStatusOrderByPlacedAt(
                        publications.getReferenceById(event.publicationId()), Reservation.Status.WAITING)
                .ifPresent(Reservation::makeReady);
    }
}
