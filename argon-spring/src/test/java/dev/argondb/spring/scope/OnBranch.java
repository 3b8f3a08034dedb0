package dev.argondb.spring.scope;

import dev.argondb.spring.ArgonBranch;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.springframework.core.annotation.AliasFor;

/** An annotation of the application's own, composed of ours. */
@ArgonBranch("none")
@Retention(RetentionPolicy.RUNTIME)
@interface OnBranch {

    @AliasFor(annotation = ArgonBranch.class, attribute = "value")
    String branch();
}
