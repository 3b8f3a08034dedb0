/** The pages and the REST interface. */
@NullMarked
package dev.argondb.examples.shop.web;

import org.jspecify.annotations.NullMarked;
