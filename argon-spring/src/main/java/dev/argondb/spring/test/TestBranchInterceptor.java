package dev.argondb.spring.test;

import java.io.IOException;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.RestTemplate;

/**
 * Sends the branch of the test that runs in the calling thread along with requests to the server under test.
 *
 * <p>Immutable, thread-safe.
 */
final class TestBranchInterceptor implements ClientHttpRequestInterceptor {

    private final TestBranchHeader header;

    TestBranchInterceptor(TestBranchHeader header) {
        this.header = header;
    }

    /** Adds it to a template that has it not. */
    static void addTo(RestTemplate template, TestBranchHeader header) {
        if (template.getInterceptors().stream().noneMatch(TestBranchInterceptor.class::isInstance)) {
            template.getInterceptors().add(new TestBranchInterceptor(header));
        }
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        if (header.isForServer(request.getURI())) {
            header.find().ifPresent(value -> request.getHeaders().set(TestBranchHeader.NAME, value));
        }
        return execution.execute(request, body);
    }
}
