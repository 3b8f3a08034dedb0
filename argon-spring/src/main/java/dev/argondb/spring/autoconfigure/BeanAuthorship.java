package dev.argondb.spring.autoconfigure;

import dev.argondb.Authorship;
import dev.argondb.spring.CommitMessageSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Who commits are by and why, as beans and annotations of the application say. A commit that is made while they are being asked, by
 * a repository that an auditor calls, is nobody's.
 *
 * <p>Thread-safe.
 */
final class BeanAuthorship implements Authorship {

    private final Supplier<String> auditor;
    private final CommitMessages messages;
    private final Supplier<List<CommitMessageSource>> sources;
    private final ThreadLocal<@Nullable Boolean> asking = new ThreadLocal<>();

    BeanAuthorship(Supplier<String> auditor, CommitMessages messages, ObjectProvider<CommitMessageSource> sources) {
        this.auditor = auditor;
        this.messages = messages;
        this.sources = new OneLookup<>(() -> sources.orderedStream().toList());
    }

    @Override
    public String author() {
        return ask(auditor);
    }

    @Override
    public String message() {
        String spoken = messages.ofCommit();
        return spoken.isEmpty() ? ask(this::fromBeans) : spoken;
    }

    private String fromBeans() {
        return sources.get().stream()
                .map(CommitMessageSource::message)
                .filter(message -> !message.isEmpty())
                .findFirst()
                .orElse("");
    }

    private String ask(Supplier<String> source) {
        if (asking.get() != null) {
            return "";
        }
        asking.set(Boolean.TRUE);
        try {
            return source.get();
        } finally {
            asking.remove();
        }
    }
}
