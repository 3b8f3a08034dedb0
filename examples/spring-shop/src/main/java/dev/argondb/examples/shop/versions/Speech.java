package dev.argondb.examples.shop.versions;

import dev.argondb.spring.CommitMessageSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.AuditorAware;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Who commits and why, for Argon to write down: whoever makes the request, and what they put into the field {@code reason} of a form.
 * Outside of requests, what {@link #as} says.
 */
@Component
public class Speech implements AuditorAware<String>, CommitMessageSource {

    private final ThreadLocal<@Nullable Spoken> spoken = new ThreadLocal<>();

    private record Spoken(String author, String message) {}

    /** Does work in somebody's name, for a reason. */
    public void as(String author, String message, Runnable work) {
        spoken.set(new Spoken(author, message));
        try {
            work.run();
        } finally {
            spoken.remove();
        }
    }

    @Override
    public Optional<String> getCurrentAuditor() {
        Spoken here = spoken.get();
        return Optional.of(here == null ? Shopper.currentName() : here.author);
    }

    @Override
    public String message() {
        Spoken here = spoken.get();
        return here == null ? reasonOfRequest() : here.message;
    }

    private static String reasonOfRequest() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? Objects.requireNonNullElse(attributes.getRequest().getParameter("reason"), "")
                : "";
    }
}
