package dev.argondb.spring.test;

import dev.argondb.BranchScope;
import dev.argondb.InvalidRefException;
import dev.argondb.InvalidRequestException;
import dev.argondb.Ref;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.env.Environment;

/**
 * The HTTP header by which a request to the server under test reaches the branch of the test that sends it. Boot's clients send it by
 * themselves; another client is given it:
 *
 * <pre>{@code
 * @Autowired
 * TestBranchHeader branch;
 *
 * HttpRequest.newBuilder(uri).header(branch.name(), branch.value())
 * }</pre>
 *
 * <p>Grammar: {@code value = token " " ref}, the token random per application context, the ref percent-encoded. The server takes no
 * other ref than that of a test's branch.
 *
 * <p>Immutable, thread-safe.
 */
public final class TestBranchHeader {

    /** The name of the header. */
    public static final String NAME = "Argon-Test-Branch";

    private static final String BRANCHES_OF_TESTS = "test/";
    private static final Set<String> LOCAL_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    private static final int TOKEN_BYTES = 16;

    private final Environment environment;
    private final String token;

    TestBranchHeader(Environment environment) {
        this.environment = environment;
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        this.token = HexFormat.of().formatHex(bytes);
    }

    /** Returns the name of the header. */
    public String name() {
        return NAME;
    }

    /**
     * Returns the value for the test that runs in this thread.
     *
     * @throws InvalidRequestException if none with {@code @ArgonBranch} does
     */
    public String value() {
        return find().orElseThrow(
                        () -> new InvalidRequestException(
                                "no test with a branch runs in this thread; ask for the header in the test's thread, or within `fixture.enter()`"));
    }

    /** Returns the value for the test that runs in this thread, if it has a branch. */
    Optional<String> find() {
        return BranchScope.find()
                .filter(TestBranchHeader::isOfTest)
                .map(ref -> token + " " + URLEncoder.encode(ref.toString(), StandardCharsets.UTF_8));
    }

    /** Returns whether requests for an address are answered by the server of this application context. */
    boolean isForServer(URI address) {
        return address.getHost() != null
                && LOCAL_HOSTS.contains(address.getHost())
                && (isPort(address, "local.server.port") || isPort(address, "local.management.port"));
    }

    private boolean isPort(URI address, String property) {
        return environment.getProperty(property, Integer.class, -2) == port(address);
    }

    private static int port(URI address) {
        int ofScheme = "https".equals(address.getScheme()) ? 443 : 80;
        return address.getPort() < 0 ? ofScheme : address.getPort();
    }

    /** Reads a value; empty if it is none that a test of this application context sent. */
    Optional<Ref> parse(String value) {
        int space = value.indexOf(' ');
        if (space < 0 || !isToken(value.substring(0, space))) {
            return Optional.empty();
        }
        try {
            Ref ref = Ref.parse(URLDecoder.decode(value.substring(space + 1), StandardCharsets.UTF_8));
            return Optional.of(ref).filter(TestBranchHeader::isOfTest);
        } catch (InvalidRefException e) {
            return Optional.empty();
        }
    }

    private boolean isToken(String text) {
        return MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isOfTest(Ref ref) {
        return !(ref instanceof Ref.Tag) && ref.toString().startsWith(BRANCHES_OF_TESTS);
    }
}
