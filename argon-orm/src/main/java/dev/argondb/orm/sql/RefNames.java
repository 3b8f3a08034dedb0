package dev.argondb.orm.sql;

import dev.argondb.Ref;

/** Reads names out of refs. */
final class RefNames {

    private RefNames() {}

    /** Returns the branch that a ref names; nothing for a tag. */
    static String branchOf(Ref ref) {
        if (ref instanceof Ref.Head head) {
            return head.branch();
        }
        if (ref instanceof Ref.AtLsn at) {
            return at.branch();
        }
        return ref instanceof Ref.AtTime at ? at.branch() : "";
    }
}
