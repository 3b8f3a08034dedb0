/** An application of one entity: cached, audited by Spring Data, written by JPA and by SQL. */
@NullMarked
package dev.argondb.spring.autoconfigure.notes;

import org.jspecify.annotations.NullMarked;
