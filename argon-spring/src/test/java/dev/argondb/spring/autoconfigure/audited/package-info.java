/** An application whose entity Envers audits. */
@NullMarked
package dev.argondb.spring.autoconfigure.audited;

import org.jspecify.annotations.NullMarked;
