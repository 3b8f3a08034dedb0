/** Who bought what. */
@NullMarked
package dev.argondb.examples.shop.orders;

import org.jspecify.annotations.NullMarked;
