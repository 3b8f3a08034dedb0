package dev.argondb.engine.tree;

import dev.argondb.engine.page.PageId;
import dev.argondb.engine.page.PageMarks;
import java.util.HashSet;
import java.util.Set;

/** What a mark finds, as a set. */
record PagesFound(Set<PageId> ids) implements PageMarks {

    PagesFound() {
        this(new HashSet<>());
    }

    @Override
    public boolean addLeading(PageId id) {
        return ids.add(id);
    }

    @Override
    public void addEnd(PageId id) {
        ids.add(id);
    }
}
