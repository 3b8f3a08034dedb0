package com.example.library.members;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import java.util.NoSuchElementException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/members")
class MemberController {

    private final Registration registration;
    private final Members members;

    MemberController(Registration registration, Members members) {
        this.registration = registration;
        this.members = members;
    }

    record NewMember(
            @NotBlank String cardNumber,
            @NotBlank String name,
            @Email String email,
            Address address) {}

    record MemberView(String cardNumber, String name, String email, Member.Status status) {

        static MemberView of(Member member) {
            return new MemberView(member.getCardNumber(), member.getName(), member.getEmail(), member.getStatus());
        }
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    MemberView register(@Valid @RequestBody NewMember request) throws WelcomeFailedException {
        return MemberView.of(
                registration.register(request.cardNumber(), request.name(), request.email(), request.address()));
    }

    @GetMapping("/{cardNumber}")
    MemberView find(@PathVariable String cardNumber) {
        return members.findByCardNumber(cardNumber)
                .map(MemberView::of)
                .orElseThrow(() -> new NoSuchElementException("No member with card " + cardNumber));
    }
}
