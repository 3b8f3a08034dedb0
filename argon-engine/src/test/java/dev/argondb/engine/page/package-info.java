/** Tests of pages: one contract for all stores, and what files of pages survive. */
@NullMarked
package dev.argondb.engine.page;

import org.jspecify.annotations.NullMarked;
