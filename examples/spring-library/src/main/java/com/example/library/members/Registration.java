package com.example.library.members;

import java.time.Clock;
import java.time.LocalDate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
public class Registration {

    private final Members members;
    private final WelcomeDesk welcome;
    private final Clock clock;

    Registration(Members members, WelcomeDesk welcome, Clock clock) {
        this.members = members;
        this.welcome = welcome;
        this.clock = clock;
    }

    /** Registers a member; nobody who could not be welcomed is one. */
    @Transactional(rollbackFor = WelcomeFailedException.class)
    public Member register(String cardNumber, String name, String email, Address address)
            throws WelcomeFailedException {
        Member member = members.save(new Member(cardNumber, name, email, address, LocalDate.now(clock)));
        welcome.greet(member);
        return member;
    }

    /** Changes an e-mail address; the change stays where only the notice fails. */
    @Transactional
    public void changeEmail(String cardNumber, String email) throws WelcomeFailedException {
        Member member = members.findByCardNumber(cardNumber).orElseThrow();
        member.setEmail(email);
        welcome.greet(member);
    }

    @Transactional
    public int suspendOverdue() {
        return members.suspendOverdue(LocalDate.now(clock));
    }
}
