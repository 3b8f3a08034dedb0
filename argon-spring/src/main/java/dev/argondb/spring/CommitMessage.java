package dev.argondb.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says why the commits are made that a method of a bean, or any method of it, causes.
 *
 * <pre>{@code
 * @Transactional
 * @CommitMessage("Everything for less")
 * public void repriceEverything() { ... }
 * }</pre>
 *
 * <p>A commit takes the message of the innermost such method that is running when it is made, which is the outermost of those
 * that share its transaction. If none is running any more, because the transaction was begun by a method that says nothing, it takes
 * the one said first within it. A method's annotation goes before its class's. It goes before {@link CommitMessageSource}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface CommitMessage {

    /** Why the commits are made. */
    String value();
}
