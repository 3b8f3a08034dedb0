/** What the shop sells. */
@NullMarked
package dev.argondb.examples.shop.catalogue;

import org.jspecify.annotations.NullMarked;
