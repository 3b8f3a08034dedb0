package dev.argondb.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs the methods of a bean, or one of them, within a {@link dev.argondb.BranchScope}: the transactions they begin are on this ref.
 *
 * <pre>{@code
 * @Service
 * @ArgonBranch("sale")
 * class SaleService {
 *     @Transactional
 *     public void repriceEverything() { ... }
 * }
 * }</pre>
 *
 * <p>The scope is entered outside of {@code @Transactional} and inside of {@code @Async}. Called inside a transaction on another ref,
 * the method is refused with an {@link dev.argondb.InvalidRequestException} that names both; one with {@code REQUIRES_NEW} or
 * {@code NOT_SUPPORTED} suspends that transaction first.
 *
 * <p>A method's annotation goes before its class's. It may stand on interfaces, repositories of Spring Data among them, and on
 * annotations of the application's own.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface ArgonBranch {

    /** The ref: a branch, or a past moment such as {@code main@1234} or {@code tag:v1}. Placeholders are resolved. */
    String value();
}
