package dev.argondb.orm.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the scripts select1 to select5 of sqllogictest in all modes: {@code mvn verify -Psql-parity -pl argon-orm -am
 * -Dtest=SqlLogicParityTest -Dsurefire.failIfNoSpecifiedTests=false}. The property {@code argon.parity.files}, such as
 * {@code select1,select5}, leaves out the others.
 */
class SqlLogicParityTest {

    private static final String FILES = System.getProperty("argon.parity.files", "select1,select2,select3,select4,select5");

    private static ParityCase file(String name) {
        return ParityCase.of("/test/" + name + ".test");
    }

    static List<String> files() {
        return List.of(FILES.split(","));
    }

    static Stream<Arguments> filesAndModes() {
        return files().stream()
                .flatMap(file -> Stream.of(ArgonMode.values()).map(mode -> Arguments.of(file, mode)));
    }

    @ParameterizedTest
    @MethodSource("files")
    void stockH2_sqlLogicFile_givesTheFilesResults(String file) throws SQLException {
        assertThat(file(file).script().steps()).hasSizeGreaterThan(1000);
        file(file).requireStockAsInFile();
    }

    @ParameterizedTest
    @MethodSource("filesAndModes")
    void argon_sqlLogicFile_givesWhatStockH2Gives(String file, ArgonMode mode) throws SQLException {
        file(file).requireParity(mode);
    }
}
