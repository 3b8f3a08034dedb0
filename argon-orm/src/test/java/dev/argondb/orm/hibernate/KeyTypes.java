package dev.argondb.orm.hibernate;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Date;
import org.jspecify.annotations.NullUnmarked;

/** An entity for each type of key. */
@NullUnmarked
final class KeyTypes {

    static final Class<?>[] ENTITIES = {
        OfDate.class,
        OfInstant.class,
        OfDateTime.class,
        OfLegacyDate.class,
        OfDecimal.class,
        OfCharacter.class,
        OfShort.class,
        OfConverted.class
    };

    private KeyTypes() {}

    /** A key of one column in a type of its own. */
    @Embeddable
    record Code(String text) implements Serializable {}

    @Entity(name = "OfDate")
    static class OfDate {
        @Id
        LocalDate id;

        OfDate() {}

        OfDate(LocalDate id) {
            this.id = id;
        }
    }

    @Entity(name = "OfInstant")
    static class OfInstant {
        @Id
        Instant id;

        OfInstant() {}

        OfInstant(Instant id) {
            this.id = id;
        }
    }

    @Entity(name = "OfDateTime")
    static class OfDateTime {
        @Id
        LocalDateTime id;

        OfDateTime() {}

        OfDateTime(LocalDateTime id) {
            this.id = id;
        }
    }

    @Entity(name = "OfLegacyDate")
    static class OfLegacyDate {
        @Id
        Date id;

        OfLegacyDate() {}

        OfLegacyDate(Date id) {
            this.id = id;
        }
    }

    @Entity(name = "OfDecimal")
    static class OfDecimal {
        @Id
        BigDecimal id;

        OfDecimal() {}

        OfDecimal(BigDecimal id) {
            this.id = id;
        }
    }

    @Entity(name = "OfCharacter")
    static class OfCharacter {
        @Id
        Character id;

        OfCharacter() {}

        OfCharacter(Character id) {
            this.id = id;
        }
    }

    @Entity(name = "OfShort")
    static class OfShort {
        @Id
        Short id;

        OfShort() {}

        OfShort(Short id) {
            this.id = id;
        }
    }

    @Entity(name = "OfConverted")
    static class OfConverted {
        @EmbeddedId
        Code id;

        OfConverted() {}

        OfConverted(Code id) {
            this.id = id;
        }
    }
}
