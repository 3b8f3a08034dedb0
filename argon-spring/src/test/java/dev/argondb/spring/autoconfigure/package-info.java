@NullMarked
package dev.argondb.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
