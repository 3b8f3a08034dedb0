/** Tests of SQL over the engine, without the JDBC driver and without Hibernate. */
@NullMarked
package dev.argondb.orm.sql;

import org.jspecify.annotations.NullMarked;
