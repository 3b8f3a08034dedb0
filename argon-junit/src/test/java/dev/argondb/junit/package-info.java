/** Tests of the Jupiter extension: sample classes are run by a launcher of their own, and what came of them is asserted. */
@NullMarked
package dev.argondb.junit;

import org.jspecify.annotations.NullMarked;
