package dev.argondb.benchmarks.spring;

import java.util.List;
import java.util.stream.IntStream;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/** The application: makes the fixture when it starts. */
@SpringBootConfiguration
@EnableAutoConfiguration
public class ItemApplication {

    private static final int ROWS_PER_BATCH = 1_000;

    @Bean
    ApplicationRunner fixture(JdbcTemplate jdbc, TransactionOperations transactions) {
        return arguments -> transactions.executeWithoutResult(status -> insert(jdbc, Isolation.rows()));
    }

    private static void insert(JdbcTemplate jdbc, int rows) {
        for (int from = 1; from <= rows; from += ROWS_PER_BATCH) {
            List<Object[]> batch = IntStream.range(from, Math.min(from + ROWS_PER_BATCH, rows + 1))
                    .mapToObj(id -> new Object[] {id, "item " + id, "owner " + id % 1000, 1})
                    .toList();
            jdbc.batchUpdate("insert into item (id, name, owner, price) values (?, ?, ?, ?)", batch);
        }
    }
}
