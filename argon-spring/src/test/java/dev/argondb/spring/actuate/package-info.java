@NullMarked
package dev.argondb.spring.actuate;

import org.jspecify.annotations.NullMarked;
