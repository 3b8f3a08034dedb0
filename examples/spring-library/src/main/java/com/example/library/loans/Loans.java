package com.example.library.loans;

import com.example.library.members.Member;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;

public interface Loans extends JpaRepository<Loan, UUID> {

    boolean existsByCopyBarcodeAndReturnedOnIsNull(String barcode);

    long countByMemberAndReturnedOnIsNull(Member member);

    @EntityGraph(attributePaths = {"member", "copy.publication"})
    List<Loan> findByReturnedOnIsNullAndDueOnBeforeOrderByDueOn(LocalDate day);
}
