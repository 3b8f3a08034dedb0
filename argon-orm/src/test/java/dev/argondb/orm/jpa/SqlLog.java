package dev.argondb.orm.jpa;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hibernate.resource.jdbc.spi.StatementInspector;

/** The SQL texts that Hibernate prepared, in lower case and in order. Thread-safe. */
final class SqlLog implements StatementInspector {
    private static final long serialVersionUID = 1L;

    private final CopyOnWriteArrayList<String> statements = new CopyOnWriteArrayList<>();

    @Override
    public String inspect(String sql) {
        statements.add(sql.toLowerCase(Locale.ROOT));
        return sql;
    }

    void clear() {
        statements.clear();
    }

    List<String> startingWith(String prefix) {
        return statements.stream().filter(sql -> sql.startsWith(prefix)).toList();
    }

    List<String> containing(String part) {
        return statements.stream().filter(sql -> sql.contains(part)).toList();
    }
}
