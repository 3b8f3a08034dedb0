/** Tests of the cold tier, and tiers for tests of what is above it. */
@NullMarked
package dev.argondb.engine.tier;

import org.jspecify.annotations.NullMarked;
