package dev.argondb.spring.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The properties {@code argon.web.*} of an application.
 *
 * <p>Confined to start-up.
 */
@ConfigurationProperties("argon.web")
public class ArgonWebProperties {

    /** The header that names a request's ref, where nothing else is set. */
    public static final String DEFAULT_HEADER = "Argon-Ref";

    /** Between Spring Security's filters, at -100, and the servlet. */
    private static final int DEFAULT_FILTER_ORDER = -50;

    /** Whether requests can name the ref they are served on. Needs a RefAuthorizer bean. */
    private boolean enabled;

    /** Header that names the ref; empty for none. */
    private String header = DEFAULT_HEADER;

    /** Parameter of the query that names the ref, where the header does not. By default none. */
    private @Nullable String parameter;

    /** Attribute of the HTTP session that names the ref, where header and parameter do not. By default none. */
    private @Nullable String sessionAttribute;

    /** URL patterns of the requests that can name a ref, as of a servlet mapping. */
    private List<String> paths = new ArrayList<>(List.of("/*"));

    /** Order of the filter; above that of the filters that authenticate the caller. */
    private int filterOrder = DEFAULT_FILTER_ORDER;

    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public String getHeader() {
        return header;
    }

    public void setHeader(String header) {
        this.header = header;
    }

    public @Nullable String getParameter() {
        return parameter;
    }

    public void setParameter(@Nullable String parameter) {
        this.parameter = parameter;
    }

    public @Nullable String getSessionAttribute() {
        return sessionAttribute;
    }

    public void setSessionAttribute(@Nullable String sessionAttribute) {
        this.sessionAttribute = sessionAttribute;
    }

    public List<String> getPaths() {
        return paths;
    }

    public void setPaths(List<String> paths) {
        this.paths = paths;
    }

    public int getFilterOrder() {
        return filterOrder;
    }

    public void setFilterOrder(int filterOrder) {
        this.filterOrder = filterOrder;
    }
}
