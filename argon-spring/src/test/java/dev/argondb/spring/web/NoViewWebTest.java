package dev.argondb.spring.web;

import org.springframework.test.context.TestPropertySource;

/** The same without open-in-view. */
@TestPropertySource(properties = {"spring.jpa.open-in-view=false", "argon.url=mem:no-view-web-test"})
class NoViewWebTest extends RefFilterTest {}
