package dev.sidecarinjector.webhook.server;

import dev.sidecarinjector.webhook.observe.InjectionMetrics;
import dev.sidecarinjector.webhook.observe.SpanSink;
import jakarta.servlet.http.HttpServlet;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** All beans there are: no scanning and no auto-configuration, so that the start is short and nothing listens that is not written here. */
@Configuration(proxyBeanMethods = false)
class WebhookBeans {
    static final String ADMISSION = "admission";
    static final String STATUS = "status";
    static final String DEBUG = "debug";

    @Bean
    TomcatServletWebServerFactory webServer(ServerOptions options, PlainPorts plain, Drain drain) {
        return HttpsConnector.factory(options, plain, drain);
    }

    @Bean
    ServletRegistrationBean<AdmissionServlet> admissionServlet(ServerOptions options, Surroundings around, InjectionMetrics metrics,
            ClientCheck clients, Drain drain) {
        Turnstile turnstile = new Turnstile();
        metrics.gauge("sidecar_injector_requests_waiting", "Requests that wait for a turn.", turnstile::waiting);
        return named(ADMISSION,
                new AdmissionServlet(around, metrics, clients, new Deadline(options.deadline()), turnstile, drain), "/inject/*");
    }

    @Bean
    ServletRegistrationBean<StatusServlet> statusServlet(Surroundings around) {
        return named(STATUS, new StatusServlet(around.registry(), around.readiness()), "/");
    }

    @Bean
    ServletRegistrationBean<DebugServlet> debugServlet(Surroundings around) {
        return named(DEBUG, new DebugServlet(around.admissions(), around.configuration()), "/debug/inject", "/debug/config",
                "/debug/loglevel");
    }

    /** After the last answer. */
    @Bean
    DisposableBean spans(Surroundings around) {
        SpanSink spans = around.spans();
        return spans == null ? () -> {} : spans::close;
    }

    private static <T extends HttpServlet> ServletRegistrationBean<T> named(String name, T servlet, String... paths) {
        ServletRegistrationBean<T> registration = new ServletRegistrationBean<>(servlet, paths);
        registration.setName(name);
        return registration;
    }
}
