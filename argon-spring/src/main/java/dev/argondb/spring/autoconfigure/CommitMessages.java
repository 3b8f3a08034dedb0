package dev.argondb.spring.autoconfigure;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Why the next commit of a thread is made: what the innermost method around it says, or else what was first said within its
 * transaction by a method that has returned since, and during which nothing was committed.
 *
 * <p>Thread-safe.
 */
final class CommitMessages {

    private final ThreadLocal<@Nullable Spoken> innermost = new ThreadLocal<>();

    /** A message that holds while a method runs. */
    private static final class Spoken {
        private final String message;
        private final @Nullable Spoken outer;
        private boolean isUsed;

        Spoken(String message, @Nullable Spoken outer) {
            this.message = message;
            this.outer = outer;
        }
    }

    /** Runs a method during which a message holds. */
    @Nullable
    Object during(String message, MethodInvocation method) throws Throwable {
        Spoken spoken = new Spoken(message, innermost.get());
        innermost.set(spoken);
        Object result;
        try {
            result = method.proceed();
        } finally {
            leave(spoken);
        }
        if (spoken.outer == null && !spoken.isUsed) {
            noteForTransaction(message);
        }
        return result;
    }

    private void leave(Spoken spoken) {
        if (spoken.outer == null) {
            innermost.remove();
        } else {
            innermost.set(spoken.outer);
        }
    }

    private void noteForTransaction(String message) {
        if (TransactionSynchronizationManager.isActualTransactionActive()
                && TransactionSynchronizationManager.isSynchronizationActive()
                && !TransactionSynchronizationManager.hasResource(this)) {
            TransactionSynchronizationManager.bindResource(this, message);
            TransactionSynchronizationManager.registerSynchronization(new Note(message));
        }
    }

    /** Returns the message for a commit that this thread makes now; empty for none. */
    String ofCommit() {
        Spoken spoken = innermost.get();
        if (spoken == null) {
            return TransactionSynchronizationManager.getResource(this) instanceof String noted ? noted : "";
        }
        spoken.isUsed = true;
        return spoken.message;
    }

    /** Keeps a message with its transaction: away while that is suspended, forgotten with its end. */
    private final class Note implements TransactionSynchronization {

        private final String message;

        Note(String message) {
            this.message = message;
        }

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResourceIfPossible(CommitMessages.this);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(CommitMessages.this, message);
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(CommitMessages.this);
        }
    }
}
