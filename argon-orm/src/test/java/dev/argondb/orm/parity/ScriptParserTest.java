package dev.argondb.orm.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the grammar of {@link ScriptParser}. */
class ScriptParserTest {

    private static List<Step> parse(String... lines) {
        return new ScriptParser("s.test", String.join("\n", lines)).parse().steps();
    }

    @Test
    void statement_overTwoLines_isCommandWithLineAndText() {
        assertThat(parse("# comment", "", "statement error", "drop table", "  t", ""))
                .containsExactly(new Step.Command(3, "drop table\n  t", Step.Outcome.ERROR));
    }

    @Test
    void query_withValues_expectsTheirDigest() {
        assertThat(parse("query IT rowsort label-1", "select 1, 'x'", "----", "1", "x"))
                .containsExactly(new Step.Query(
                        1,
                        "select 1, 'x'",
                        "IT",
                        SortMode.ROWSORT,
                        "label-1",
                        Optional.of(Expected.of(List.of("1", "x")))));
    }

    @Test
    void query_withDigest_expectsIt() {
        assertThat(parse("query I", "select 1", "----", "30 values hashing to 0123456789abcdef0123456789abcdef"))
                .extracting(step -> ((Step.Query) step).expected())
                .containsExactly(Optional.of(new Expected(30, "0123456789abcdef0123456789abcdef")));
    }

    @Test
    void query_withEmptyResult_differsFromQueryWithoutResult() {
        assertThat(parse("query I", "select 1 where false", "----", "", "query I", "select 2"))
                .extracting(step -> ((Step.Query) step).expected())
                .containsExactly(Optional.of(Expected.of(List.of())), Optional.empty());
    }

    @Test
    void conditions_forOtherDatabases_leaveOutOneRecord() {
        assertThat(parse(
                        "onlyif mysql # why",
                        "statement ok",
                        "a",
                        "",
                        "skipif h2",
                        "statement ok",
                        "b",
                        "",
                        "skipif mysql",
                        "onlyif h2",
                        "statement ok",
                        "c"))
                .extracting(Step::sql)
                .containsExactly("c");
    }

    @Test
    void halt_forThisDatabase_endsTheScript() {
        assertThat(parse("onlyif mysql", "halt", "", "statement ok", "a", "", "halt", "", "nonsense"))
                .extracting(Step::sql)
                .containsExactly("a");
    }

    @ParameterizedTest
    @CsvSource({
        "statement maybe, `statement` wants `ok` or `error`, s.test:1",
        "query X, column types `X` are not letters of `TIR`, s.test:1",
        "query I sideways, unknown sort mode `sideways`, s.test:1",
        "statement ok, a record without SQL, s.test:1",
        "selekt, unknown record `selekt`, s.test:1",
        "statement, `statement` wants another word, s.test:1"
    })
    void line_outsideTheFormat_isRefusedWithItsPlace(String line, String message, String place) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageStartingWith(place);
    }

    @ParameterizedTest
    @CsvSource({
        "I, 12.9, 12",
        "I, TRUE, 1",
        "R, 2, 2.000",
        "R, -0.0005, -0.001",
        "T, '', (empty)",
        "T, häm, h@m",
        "T, , NULL"
    })
    void value_ofEachType_isRenderedAsScriptsDo(char type, String value, String rendered) {
        assertThat(RowReader.rendered(type, value)).isEqualTo(rendered);
    }
}
