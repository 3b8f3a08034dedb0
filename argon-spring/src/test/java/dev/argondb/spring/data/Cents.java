package dev.argondb.spring.data;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/** An amount of money, in a column of its own kind. */
public record Cents(long value) {

    @Converter(autoApply = true)
    static class AsText implements AttributeConverter<Cents, String> {

        @Override
        public String convertToDatabaseColumn(Cents cents) {
            return cents.value() + "c";
        }

        @Override
        public Cents convertToEntityAttribute(String text) {
            return new Cents(Long.parseLong(text.substring(0, text.length() - 1)));
        }
    }
}
