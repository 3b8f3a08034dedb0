package dev.argondb.spring.scope;

import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/** Transactions of a resource that is not Argon's. */
class ForeignTransactions extends AbstractPlatformTransactionManager {

    private static final long serialVersionUID = 1L;

    @Override
    protected Object doGetTransaction() {
        return new Object();
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        // Nothing is bound.
    }

    @Override
    protected void doCommit(DefaultTransactionStatus status) {
        // Nothing was written.
    }

    @Override
    protected void doRollback(DefaultTransactionStatus status) {
        // Nothing was written.
    }
}
