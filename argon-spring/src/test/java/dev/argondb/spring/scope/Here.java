package dev.argondb.spring.scope;

import dev.argondb.BranchScope;
import dev.argondb.Ref;

class Here implements Where {

    @Override
    public Ref ref() {
        return BranchScope.current();
    }

    @Override
    public Ref otherRef() {
        return BranchScope.current();
    }
}
