/** Branches, the past, differences and merges, in the words of the pages. */
@NullMarked
package dev.argondb.examples.shop.versions;

import org.jspecify.annotations.NullMarked;
