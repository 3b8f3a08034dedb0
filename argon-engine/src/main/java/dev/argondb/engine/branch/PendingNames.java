package dev.argondb.engine.branch;

import dev.argondb.InvalidRequestException;
import dev.argondb.UnknownRefException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Branches and tags as ordered in the log, durable or not. Guarded by the pipeline's lock.
 *
 * <p>Of branches it holds only the changes that readers do not see yet, so that its maps stay small: a put into a large old map
 * costs the collector's write barrier, which was a seventh of the time of a new branch beside 100,000 others.
 */
final class PendingNames {

    private final Map<Long, BranchState> visibleById;
    private final Map<String, BranchState> visibleByName;
    private final Map<Long, Change> byId = new HashMap<>();
    private final Map<String, Change> byName = new HashMap<>();
    private final Set<String> tags = new HashSet<>();

    /** Begins with what readers see; the maps go on to change as they see more. */
    PendingNames(Map<Long, BranchState> visibleById, Map<String, BranchState> visibleByName) {
        this.visibleById = visibleById;
        this.visibleByName = visibleByName;
    }

    /**
     * A branch that appears (it had no name), gets another name, or goes (it has none then), and that readers do not see so
     * yet.
     */
    final class Change {
        private final BranchState branch;
        private final @Nullable String oldName;
        private final @Nullable String newName;

        private Change(BranchState branch, @Nullable String oldName, @Nullable String newName) {
            this.branch = branch;
            this.oldName = oldName;
            this.newName = newName;
            byId.put(branch.id, this);
            put(oldName);
            put(newName);
        }

        private void put(@Nullable String name) {
            if (name != null) {
                byName.put(name, this);
            }
        }

        /** To be called when readers see it. Later changes of the same branch or name stay. */
        void isVisible() {
            byId.remove(branch.id, this);
            remove(oldName);
            remove(newName);
        }

        private void remove(@Nullable String name) {
            if (name != null) {
                byName.remove(name, this);
            }
        }
    }

    @Nullable
    BranchState branch(long id) {
        Change change = byId.get(id);
        if (change == null) {
            return visibleById.get(id);
        }
        return change.newName == null ? null : change.branch;
    }

    void requireFree(String name) {
        Change change = byName.get(name);
        boolean isTaken = change == null ? visibleByName.containsKey(name) : name.equals(change.newName);
        if (isTaken) {
            throw new InvalidRequestException(
                    "branch `" + name + "` exists already; delete it, or choose another name");
        }
    }

    Change add(BranchState branch) {
        return new Change(branch, null, branch.name);
    }

    Change rename(BranchState branch, String newName) {
        return new Change(branch, nameOf(branch), newName);
    }

    Change remove(BranchState branch) {
        return new Change(branch, nameOf(branch), null);
    }

    private String nameOf(BranchState branch) {
        Change change = byId.get(branch.id);
        return change == null ? branch.name : Objects.requireNonNull(change.newName);
    }

    void requireFreeTag(String name) {
        if (tags.contains(name)) {
            throw new InvalidRequestException("tag `" + name + "` exists already; delete it, or choose another name");
        }
    }

    void addTag(String name) {
        tags.add(name);
    }

    void removeTag(String name) {
        if (!tags.remove(name)) {
            throw new UnknownRefException("tag `" + name + "` was deleted meanwhile");
        }
    }
}
