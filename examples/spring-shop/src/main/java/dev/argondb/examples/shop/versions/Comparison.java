package dev.argondb.examples.shop.versions;

import dev.argondb.Argon;
import dev.argondb.Ref;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

/** What differs between two refs. */
@Service
public class Comparison {

    private final Argon argon;
    private final JdbcTemplate jdbc;

    Comparison(Argon argon, JdbcTemplate jdbc) {
        this.argon = argon;
        this.jdbc = jdbc;
    }

    /** Returns what makes the one ref the other. */
    public List<ChangeView> changes(Ref from, Ref to) {
        ThingNames names = ThingNames.of(to, jdbc);
        return argon.diff(from, to).stream()
                .map(diff -> ChangeView.of(diff, names))
                .toList();
    }
}
