package dev.argondb.spring.data;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Each kind of payment has a table of its own, with all of its columns. */
@Entity
@Inheritance(strategy = InheritanceType.TABLE_PER_CLASS)
public abstract class Payment {

    @Id
    @GeneratedValue
    private @Nullable Long id;

    private int amount;

    protected Payment() {}

    protected Payment(int amount) {
        this.amount = amount;
    }

    public Long getId() {
        return Objects.requireNonNull(id);
    }

    public int getAmount() {
        return amount;
    }

    public void setAmount(int amount) {
        this.amount = amount;
    }

    @Entity(name = "CardPayment")
    public static class Card extends Payment {

        private String number = "";

        protected Card() {}

        public Card(int amount, String number) {
            super(amount);
            this.number = number;
        }

        public String getNumber() {
            return number;
        }
    }

    @Entity(name = "CashPayment")
    public static class Cash extends Payment {

        private int change;

        protected Cash() {}

        public Cash(int amount, int change) {
            super(amount);
            this.change = change;
        }

        public int getChange() {
            return change;
        }
    }
}
