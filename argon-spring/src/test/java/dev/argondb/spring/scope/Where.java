package dev.argondb.spring.scope;

import dev.argondb.Ref;
import dev.argondb.spring.ArgonBranch;

/** Says where it is: with the annotation on the interface, and on one of its methods. */
@ArgonBranch("sale")
interface Where {

    Ref ref();

    @ArgonBranch("other")
    Ref otherRef();
}
