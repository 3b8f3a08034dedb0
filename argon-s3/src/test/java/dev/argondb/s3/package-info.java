/** Tests of the cold tier in a bucket, against a server in this process. */
@NullMarked
package dev.argondb.s3;

import org.jspecify.annotations.NullMarked;
