/** Tests of Hibernate on branches: isolation, the past, caches, commit events, conflicts. */
@NullMarked
package dev.argondb.orm.hibernate;

import org.jspecify.annotations.NullMarked;
