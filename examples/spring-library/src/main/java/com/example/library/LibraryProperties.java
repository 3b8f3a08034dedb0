package com.example.library;

import java.time.Period;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** The rules of the house. */
@ConfigurationProperties("library")
public record LibraryProperties(Period loanPeriod, int loansPerMember) {}
