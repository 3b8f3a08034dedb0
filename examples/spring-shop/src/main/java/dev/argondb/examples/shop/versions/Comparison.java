package dev.argondb.examples.shop.versions;

import dev.argondb.Argon;
import dev.argondb.Ref;
import java.util.List;
import org.springframework.stereotype.Service;

/** What differs between two refs. */
@Service
public class Comparison {

    private final Argon argon;

    Comparison(Argon argon) {
        this.argon = argon;
    }

    /** Returns what makes the one ref the other. */
    public List<ChangeView> changes(Ref from, Ref to) {
        return argon.diff(from, to).stream().map(ChangeView::of).toList();
    }
}
