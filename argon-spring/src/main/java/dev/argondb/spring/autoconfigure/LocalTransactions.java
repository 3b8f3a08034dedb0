package dev.argondb.spring.autoconfigure;

import dev.argondb.spring.jdbc.ScopedDataSource;
import jakarta.persistence.PersistenceUnitTransactionType;
import java.util.Optional;
import org.springframework.orm.jpa.persistenceunit.MutablePersistenceUnitInfo;
import org.springframework.orm.jpa.persistenceunit.PersistenceUnitPostProcessor;

/**
 * Refuses a persistence unit on Argon whose transactions are JTA's: Argon takes no part in them, so that each statement would be
 * committed by itself.
 *
 * <p>Stateless.
 */
final class LocalTransactions implements PersistenceUnitPostProcessor {

    @Override
    public void postProcessPersistenceUnitInfo(MutablePersistenceUnitInfo unit) {
        if (unit.getTransactionType() == PersistenceUnitTransactionType.JTA
                && Optional.ofNullable(unit.getJtaDataSource())
                        .flatMap(ScopedDataSource::behind)
                        .isPresent()) {
            throw new ArgonConfigurationException(
                    "The persistence unit `" + unit.getPersistenceUnitName()
                            + "` works on Argon, and its transactions are JTA's: Argon takes no part in those, so that each"
                            + " statement would be committed by itself.",
                    "Define its entity manager factory with `EntityManagerFactoryBuilder` and `jta(false)`, and give it a"
                            + " `JpaTransactionManager` of its own.");
        }
    }
}
