/**
 * The application's data source: connections on what the scope says, and exceptions as Spring has them. Imports the API and {@code dev.argondb.orm.jdbc}. It is found
 * behind proxies (ScopedDataSourceTest). And what Liquibase has to know of it (MigrationsTest).
 */
@NullMarked
package dev.argondb.spring.jdbc;

import org.jspecify.annotations.NullMarked;
