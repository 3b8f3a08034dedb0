/** Tests of the JDBC driver, over a whole database: driver, SQL, engine and log. */
@NullMarked
package dev.argondb.orm.jdbc;

import org.jspecify.annotations.NullMarked;
