package dev.sidecarinjector.webhook.server;

import dev.sidecarinjector.webhook.admission.Admissions;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** All beans there are: no scanning and no auto-configuration, so that the start is short and nothing listens that is not written here. */
@Configuration(proxyBeanMethods = false)
class WebhookBeans {
    @Bean
    TomcatServletWebServerFactory webServer(ServerOptions options) {
        return HttpsConnector.factory(options);
    }

    @Bean
    ServletRegistrationBean<AdmissionServlet> admissionServlet(Admissions admissions, InjectionMetrics metrics, Readiness readiness) {
        return new ServletRegistrationBean<>(new AdmissionServlet(admissions, metrics, readiness), "/inject/*");
    }

    @Bean
    ServletRegistrationBean<StatusServlet> statusServlet(InjectionMetrics metrics, Readiness readiness) {
        return new ServletRegistrationBean<>(new StatusServlet(metrics, readiness), "/");
    }
}
