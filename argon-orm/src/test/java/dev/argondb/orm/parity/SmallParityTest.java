package dev.argondb.orm.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs Argon's own small script, of all kinds of SQL, in all modes. */
class SmallParityTest {

    private static final ParityCase SMALL = ParityCase.of("/parity/small.test");

    @Test
    void stockH2_smallScript_givesTheFilesResults() throws SQLException {
        assertThat(SMALL.script().steps()).hasSizeGreaterThan(150);
        SMALL.requireStockAsInFile();
    }

    @ParameterizedTest
    @EnumSource
    void argon_smallScript_givesWhatStockH2Gives(ArgonMode mode) throws SQLException {
        SMALL.requireParity(mode);
    }
}
