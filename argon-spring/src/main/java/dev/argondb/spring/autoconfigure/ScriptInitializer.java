package dev.argondb.spring.autoconfigure;

import dev.argondb.spring.jdbc.ScopedDataSource;
import javax.sql.DataSource;
import org.springframework.boot.jdbc.autoconfigure.ApplicationDataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.autoconfigure.init.SqlInitializationProperties;
import org.springframework.jdbc.datasource.UserCredentialsDataSourceAdapter;
import org.springframework.util.StringUtils;

/** Runs {@code schema.sql} and {@code data.sql} as Boot does, and takes a database in memory for an embedded one, as it is. */
final class ScriptInitializer extends ApplicationDataSourceScriptDatabaseInitializer {

    private final boolean isEmbedded;

    ScriptInitializer(DataSource source, SqlInitializationProperties properties) {
        super(by(source, properties.getUsername(), properties.getPassword()), properties);
        this.isEmbedded = ScopedDataSource.behind(source)
                .map(ScopedDataSource::isInMemory)
                .orElse(false);
    }

    private static DataSource by(DataSource source, String user, String password) {
        if (!StringUtils.hasText(user) || !StringUtils.hasText(password)) {
            return source;
        }
        UserCredentialsDataSourceAdapter adapter = new UserCredentialsDataSourceAdapter();
        adapter.setTargetDataSource(source);
        adapter.setUsername(user);
        adapter.setPassword(password);
        return adapter;
    }

    @Override
    protected boolean isEmbeddedDatabase() {
        return isEmbedded;
    }
}
