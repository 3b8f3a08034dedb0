package dev.argondb.spring.autoconfigure;

import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * Whether the beans of an application leave its data to Argon: it says where Argon's is, or has no data source of its own, nor one that
 * a container, a test or JNDI supplies.
 */
final class NoOtherSourceCondition extends AnyNestedCondition {

    NoOtherSourceCondition() {
        super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnProperty("argon.url")
    static final class Asked {}

    @ConditionalOnBean(ArgonConnectionDetails.class)
    static final class Supplied {}

    @ConditionalOnMissingBean(
            value = {DataSource.class, JdbcConnectionDetails.class},
            type = {"javax.sql.XADataSource", "io.r2dbc.spi.ConnectionFactory"})
    static final class NothingElse {}
}
