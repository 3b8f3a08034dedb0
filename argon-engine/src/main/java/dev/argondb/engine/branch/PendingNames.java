package dev.argondb.engine.branch;

import dev.argondb.InvalidRequestException;
import dev.argondb.UnknownRefException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Branches and tags as ordered in the log, durable or not. Guarded by the pipeline's lock. */
final class PendingNames {

    private final Map<Long, BranchState> branches = new HashMap<>();
    private final Map<String, Long> names = new HashMap<>();
    private final Map<Long, String> namesById = new HashMap<>();
    private final Set<String> tags = new HashSet<>();

    @Nullable
    BranchState branch(long id) {
        return branches.get(id);
    }

    void requireFree(String name) {
        if (names.containsKey(name)) {
            throw new InvalidRequestException(
                    "branch `" + name + "` exists already; delete it, or choose another name");
        }
    }

    void add(BranchState branch) {
        branches.put(branch.id, branch);
        names.put(branch.name, branch.id);
        namesById.put(branch.id, branch.name);
    }

    void rename(BranchState branch, String newName) {
        names.remove(namesById.put(branch.id, newName));
        names.put(newName, branch.id);
    }

    void remove(BranchState branch) {
        branches.remove(branch.id);
        names.remove(namesById.remove(branch.id));
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
