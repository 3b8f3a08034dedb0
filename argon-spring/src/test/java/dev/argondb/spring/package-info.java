@NullMarked
package dev.argondb.spring;

import org.jspecify.annotations.NullMarked;
