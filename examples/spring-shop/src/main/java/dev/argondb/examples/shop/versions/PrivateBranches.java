package dev.argondb.examples.shop.versions;

import dev.argondb.Ref;
import dev.argondb.spring.web.RefAuthorizer;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;

/** The rule on who sees what: a branch or tag whose name begins with {@code private/} is for staff, all others are for everybody. */
@Component
public class PrivateBranches implements RefAuthorizer {

    private static final String PREFIX = "private/";

    @Override
    public boolean permits(HttpServletRequest request, Ref ref) {
        return permits(Shopper.of(request), ref);
    }

    /** Returns whether somebody may see a ref. */
    public boolean permits(Shopper shopper, Ref ref) {
        return shopper.isStaff() || !nameOf(ref).startsWith(PREFIX);
    }

    private static String nameOf(Ref ref) {
        return ref instanceof Ref.Tag tag ? tag.name() : View.of(ref).branch();
    }
}
