package dev.argondb.spring.autoconfigure.audited;

import org.springframework.data.jpa.repository.JpaRepository;

public interface Accounts extends JpaRepository<Account, Long> {}
