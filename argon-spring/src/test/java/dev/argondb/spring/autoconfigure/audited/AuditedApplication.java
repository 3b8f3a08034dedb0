package dev.argondb.spring.autoconfigure.audited;

import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class AuditedApplication {}
