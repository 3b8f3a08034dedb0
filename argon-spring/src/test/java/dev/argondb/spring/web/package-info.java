/** Requests on refs: against a real server, with and without Spring Security and open-in-view. */
@NullMarked
package dev.argondb.spring.web;

import org.jspecify.annotations.NullMarked;
