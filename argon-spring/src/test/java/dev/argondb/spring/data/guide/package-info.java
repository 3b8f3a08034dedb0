/** What the guide's page on repositories works with. */
@NullMarked
package dev.argondb.spring.data.guide;

import org.jspecify.annotations.NullMarked;
