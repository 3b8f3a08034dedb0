/**
 * The Chinook music store as JPA entities, its import from the published data set, and its reports.
 *
 * <p>Plain JPA and Hibernate: nothing here knows about branches. The published data set (11 tables, 15,607 rows) is an
 * HSQLDB database inside a jar; it is read over JDBC and written through the entities.
 */
@NullMarked
package dev.argondb.examples.chinook;

import org.jspecify.annotations.NullMarked;
