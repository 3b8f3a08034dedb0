package dev.argondb.spring.autoconfigure.audited;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import org.hibernate.envers.Audited;
import org.jspecify.annotations.Nullable;

@Entity
@Audited
public class Account {

    @Id
    @GeneratedValue
    private @Nullable Long id;

    private int balance;

    protected Account() {}

    public Account(int balance) {
        this.balance = balance;
    }

    public @Nullable Long getId() {
        return id;
    }

    public int getBalance() {
        return balance;
    }

    public void setBalance(int balance) {
        this.balance = balance;
    }
}
