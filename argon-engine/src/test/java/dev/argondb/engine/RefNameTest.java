package dev.argondb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.InvalidRefException;
import dev.argondb.Ref;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The grammar of names, by every character in every place. */
class RefNameTest {

    private static final Pattern GRAMMAR =
            Pattern.compile("[\\p{L}\\p{N}_](?:[\\p{L}\\p{N}._/#+=\\[\\](), -]*[\\p{L}\\p{N}._/#+=\\[\\](),-])?");

    private static boolean isTaken(String name) {
        try {
            return new Ref.Head(name).branch().equals(name);
        } catch (InvalidRefException e) {
            return false;
        }
    }

    @Test
    void names_withEveryCharacterInEveryPlace_areThoseOfTheGrammar() {
        for (char c = 0; c < 0x250; c++) {
            for (String name : List.of("" + c, c + "b", "a" + c, "a" + c + "b", "é" + c + "b", "a" + c + " b")) {
                assertThat(isTaken(name))
                        .as(name)
                        .isEqualTo(GRAMMAR.matcher(name).matches());
            }
        }
    }
}
