/**
 * A cold tier in a bucket of S3, or of a store that speaks its protocol: turns objects and ranges into requests, and answers
 * that are not what was asked for into errors.
 *
 * <p>Found by the scheme {@code s3} ({@link dev.argondb.s3.S3ColdTierProvider}). Imports the engine's tier package and the AWS
 * SDK. {@code S3ColdTierTest} holds it to the contract, against a server that fails in all the ways that servers fail.
 */
@NullMarked
package dev.argondb.s3;

import org.jspecify.annotations.NullMarked;
