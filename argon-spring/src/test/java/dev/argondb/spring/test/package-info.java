/** Tests of the support for Spring's tests: sample classes are run by a launcher of their own, and what came of them is asserted. */
@NullMarked
package dev.argondb.spring.test;

import org.jspecify.annotations.NullMarked;
