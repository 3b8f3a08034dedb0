/**
 * Turns properties and beans of a Spring Boot application into an open database, a data source and sessions on branches.
 *
 * <p>Owns the properties {@code argon.*}. May import all other packages of this module; none imports it. Invariants: every bean
 * gives way to one of the application; without Argon's say ({@code argon.enabled=false}, another data source configured) the
 * application is exactly as it was (InertTest).
 */
@NullMarked
package dev.argondb.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
