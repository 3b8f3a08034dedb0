/** Scopes around transactions, sessions, proxies and threads, in an application of a few services over the shop's products. */
@NullMarked
package dev.argondb.spring.scope;

import org.jspecify.annotations.NullMarked;
