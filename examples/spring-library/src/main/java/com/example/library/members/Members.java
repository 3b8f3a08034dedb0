package com.example.library.members;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

public interface Members extends JpaRepository<Member, Long> {

    Optional<Member> findByCardNumber(String cardNumber);

    List<Member> findByAddressCityOrderByName(String city);

    long countByStatus(Member.Status status);

    long deleteByStatus(Member.Status status);

    @Modifying(flushAutomatically = true, clearAutomatically = true)
    @Query(
            """
            update Member m set m.status = SUSPENDED, m.version = m.version + 1
            where m.status = ACTIVE
            and exists (select l from Loan l where l.member = m and l.returnedOn is null and l.dueOn < :day)
            """)
    int suspendOverdue(LocalDate day);
}
