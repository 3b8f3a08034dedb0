/**
 * The cold tier: where old history goes that is seldom read, be it a directory on a slow disk or a bucket of an object store.
 *
 * <p>Owns the words tier and object: bytes under a name, put once as a whole and never changed. Imports the contracts only.
 * Other stores join by {@link dev.argondb.engine.tier.ColdTierProvider}. Invariants: an object can be read whole or not at
 * all; a read gives exactly the bytes that were asked for, or fails; a tier that cannot be reached fails within bounds.
 * {@code ColdTierContract} holds them for every tier.
 */
@NullMarked
package dev.argondb.engine.tier;

import org.jspecify.annotations.NullMarked;
