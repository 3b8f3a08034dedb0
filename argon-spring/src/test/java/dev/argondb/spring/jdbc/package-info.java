@NullMarked
package dev.argondb.spring.jdbc;

import org.jspecify.annotations.NullMarked;
