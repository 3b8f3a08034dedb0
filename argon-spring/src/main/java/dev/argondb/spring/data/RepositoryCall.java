package dev.argondb.spring.data;

import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.interceptor.ExposeInvocationInterceptor;
import org.springframework.data.repository.core.RepositoryMetadata;
import org.springframework.data.repository.core.RepositoryMethodContext;

/**
 * The call of a repository that a fragment runs for, as Spring Data exposes it.
 *
 * @param metadata what is known of the repository
 * @param repository the repository itself
 */
record RepositoryCall(RepositoryMetadata metadata, Object repository) {

    /** Returns the call that the calling thread is in. */
    static RepositoryCall current() {
        ProxyMethodInvocation invocation = (ProxyMethodInvocation) ExposeInvocationInterceptor.currentInvocation();
        return new RepositoryCall(RepositoryMethodContext.getContext().getMetadata(), invocation.getProxy());
    }

    /** Returns the repository's entity. */
    Class<?> type() {
        return metadata.getDomainType();
    }
}
