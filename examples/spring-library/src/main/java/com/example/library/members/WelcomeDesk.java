package com.example.library.members;

import org.springframework.stereotype.Component;

/** Writes to members. */
@Component
class WelcomeDesk {

    void greet(Member member) throws WelcomeFailedException {
        if (member.getEmail().endsWith(".invalid")) {
            throw new WelcomeFailedException("No mail reaches " + member.getEmail());
        }
    }
}
