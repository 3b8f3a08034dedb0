package dev.argondb.spring.web;

import dev.argondb.BranchScope;
import dev.argondb.Ref;
import dev.argondb.spring.ArgonBranch;
import dev.argondb.spring.shop.Product;
import dev.argondb.spring.shop.Products;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** An application whose every page says what it is served on, and the price of the lamp there. */
@SpringBootConfiguration
@EnableAutoConfiguration
@AutoConfigurationPackage(basePackageClasses = Product.class)
@EnableJpaRepositories(basePackageClasses = Products.class)
class WebShop {

    /** How often a thread came to a request, or left one, in a scope or with a session or connection bound to it. */
    static final AtomicInteger STRANGERS = new AtomicInteger();

    @Bean
    RefAuthorizer refAuthorizer() {
        return (request, ref) -> ref.equals(Ref.MAIN) || request.isUserInRole("EDITOR");
    }

    @Bean
    SecurityFilterChain security(HttpSecurity http) {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers("/members")
                        .authenticated()
                        .anyRequest()
                        .permitAll())
                .httpBasic(basic -> {})
                .csrf(csrf -> csrf.disable())
                .build();
    }

    /** Not one that keeps passwords: it would hash them, slowly. */
    @Bean
    UserDetailsService users() {
        return name -> User.withUsername(name)
                .password("{noop}pw")
                .roles(name.equals("ann") ? "EDITOR" : "READER")
                .build();
    }

    /** Around everything else. */
    @Bean
    FilterRegistrationBean<Filter> strangers() {
        FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>((request, response, chain) -> {
            count();
            try {
                chain.doFilter(request, response);
            } finally {
                count();
            }
        });
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }

    private static void count() {
        if (BranchScope.find().isPresent()
                || !TransactionSynchronizationManager.getResourceMap().isEmpty()) {
            STRANGERS.incrementAndGet();
        }
    }

    @Bean
    SaleDesk saleDesk(Products products) {
        return new SaleDesk(products);
    }

    @ArgonBranch("sale")
    static class SaleDesk {

        private final Products products;

        SaleDesk(Products products) {
            this.products = products;
        }

        public int price() {
            return products.findByName("lamp").orElseThrow().getPrice();
        }
    }

    @RestController
    static class Pages {

        private final Products products;
        private final JdbcTemplate jdbc;
        private final SaleDesk sale;

        Pages(Products products, JdbcTemplate jdbc, SaleDesk sale) {
            this.products = products;
            this.jdbc = jdbc;
            this.sale = sale;
        }

        private String here() {
            return BranchScope.find().map(Object::toString).orElse("none") + " "
                    + products.findByName("lamp").orElseThrow().getPrice() + " "
                    + jdbc.queryForObject("select price from product", Integer.class);
        }

        @GetMapping({"/price", "/members"})
        public String price() {
            return here();
        }

        @PostMapping("/price")
        @Transactional
        public String reprice(@RequestParam int to) {
            products.findByName("lamp").orElseThrow().setPrice(to);
            jdbc.update("update product set name = name");
            return "done";
        }

        /** A service on a branch of its own, between two looks at the request's. */
        @GetMapping("/sale")
        public String sale() {
            String before = here();
            int onSale = sale.price();
            return before + ", " + onSale + ", " + here();
        }

        @GetMapping("/callable")
        public Callable<String> callable() {
            return this::here;
        }

        @GetMapping("/deferred")
        public DeferredResult<String> deferred() {
            DeferredResult<String> result = new DeferredResult<>(30_000L);
            new Thread(() -> result.setErrorResult(new IllegalStateException("late"))).start();
            return result;
        }

        @GetMapping("/stream")
        public StreamingResponseBody stream() {
            return out -> out.write(here().getBytes(StandardCharsets.UTF_8));
        }

        @GetMapping("/forward")
        public ModelAndView forward() {
            return new ModelAndView("forward:/price");
        }

        @GetMapping("/fail")
        public String fail() {
            throw new IllegalStateException("no such luck");
        }

        @GetMapping("/forget")
        public String forget() {
            BranchScope.enter("sale");
            return here();
        }

        @GetMapping("/choose")
        public String choose(HttpServletRequest request, @RequestParam String ref) {
            request.getSession().setAttribute("ref", ref);
            return "chosen";
        }
    }

    /** The error page. */
    @RestController
    static class Errors implements org.springframework.boot.webmvc.error.ErrorController {

        private final Pages pages;

        Errors(Pages pages) {
            this.pages = pages;
        }

        @RequestMapping("/error")
        public String error() {
            return "error on " + pages.price();
        }
    }
}
