/**
 * Turns the state and work of a database into what operators look at: the endpoint {@code argon}, health, info, meters and
 * observations.
 *
 * <p>May import the API alone. Invariants: nothing but the endpoint's write operations, which are off by default, changes anything;
 * no branch name and no LSN is ever a tag of a meter (ArgonActuatorTest).
 */
@NullMarked
package dev.argondb.spring.actuate;

import org.jspecify.annotations.NullMarked;
