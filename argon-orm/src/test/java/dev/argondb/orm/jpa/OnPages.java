package dev.argondb.orm.jpa;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Whether the class runs on {@link TestDatabase#ARGON_ON_PAGES} as well: always, or never; without it, on request. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface OnPages {

    /** Returns whether it always does. */
    boolean value() default true;
}
