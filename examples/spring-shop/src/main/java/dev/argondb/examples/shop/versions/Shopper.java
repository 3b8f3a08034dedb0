package dev.argondb.examples.shop.versions;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Who makes a request: the header {@code X-User} says it, else the session. A stand-in for a login, so that the example shows
 * branches and not passwords: anybody can be anybody.
 *
 * <p>Immutable.
 */
public record Shopper(String name, boolean isStaff) {

    public static final String HEADER = "X-User";
    public static final String SESSION_ATTRIBUTE = "user";

    public static final Shopper GUEST = new Shopper("guest", false);
    public static final List<Shopper> ALL = List.of(GUEST, new Shopper("ann", true), new Shopper("ben", true));

    /** Returns who has this name, and the guest for a name that nobody has. */
    public static Shopper named(@Nullable String name) {
        return ALL.stream()
                .filter(shopper -> shopper.name.equals(name))
                .findFirst()
                .orElse(GUEST);
    }

    /** Returns who makes a request. */
    public static Shopper of(HttpServletRequest request) {
        String header = request.getHeader(HEADER);
        HttpSession session = request.getSession(false);
        return named(
                header != null || session == null
                        ? header
                        : Objects.toString(session.getAttribute(SESSION_ATTRIBUTE), null));
    }

    /** Returns who makes the request that the calling thread serves; {@code shop} where it serves none. */
    public static String currentName() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? of(attributes.getRequest()).name()
                : "shop";
    }

    /** Refuses what only staff may do. */
    public void requireStaff() {
        if (!isStaff) {
            throw new StaffOnlyException();
        }
    }
}
