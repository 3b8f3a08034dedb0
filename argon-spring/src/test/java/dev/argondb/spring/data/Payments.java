package dev.argondb.spring.data;

import org.springframework.data.jpa.repository.JpaRepository;

/** Says what its branches are, so that calls can be chained. */
@SuppressWarnings("unchecked") // of the override
public interface Payments extends JpaRepository<Payment, Long>, ArgonRepository<Payment, Long> {

    @Override
    Payments onBranch(String ref);
}
