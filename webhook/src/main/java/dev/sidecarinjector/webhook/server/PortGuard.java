package dev.sidecarinjector.webhook.server;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;

/** Keeps the ports apart, which share their servlets: reviews over HTTPS only, debugging on its own port only. */
final class PortGuard extends ValveBase {
    private final @Nullable Connector debug;

    PortGuard(@Nullable Connector debug) {
        super(true);
        this.debug = debug;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (isAllowed(request.getWrapper(), request.getConnector())) {
            getNext().invoke(request, response);
        } else {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    private boolean isAllowed(@Nullable Wrapper servlet, Connector port) {
        return switch (servlet == null ? "" : servlet.getName()) {
            case WebhookBeans.ADMISSION -> port.getSecure();
            case WebhookBeans.STATUS -> !port.equals(debug);
            case WebhookBeans.DEBUG -> port.equals(debug);
            default -> false;
        };
    }
}
