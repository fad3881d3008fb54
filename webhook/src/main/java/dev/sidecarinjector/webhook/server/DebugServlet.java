package dev.sidecarinjector.webhook.server;

import dev.sidecarinjector.webhook.admission.Admissions;
import dev.sidecarinjector.webhook.admission.Examination;
import dev.sidecarinjector.webhook.observe.Logs;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.LogLevel;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** For a person with a port-forward: what would be done with a pod, what is active, and how much is logged. */
final class DebugServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(DebugServlet.class);
    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    private final transient Admissions admissions;
    private final transient Supplier<JsonNode> configuration;

    DebugServlet(Admissions admissions, Supplier<JsonNode> configuration) {
        this.admissions = admissions;
        this.configuration = configuration;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            switch (request.getMethod() + " " + request.getServletPath()) {
                case "POST /debug/inject" -> json(response, examine(request));
                case "GET /debug/config" -> json(response, configuration.get());
                case "GET /debug/loglevel" -> Responses.text(response, HttpServletResponse.SC_OK, name(Logs.level()));
                case "PUT /debug/loglevel" -> setLevel(request, response);
                default -> Responses.text(response, HttpServletResponse.SC_NOT_FOUND,
                        "there is only POST /debug/inject?namespace=NAME, GET /debug/config, GET and PUT /debug/loglevel\n");
            }
        } catch (UnservedException e) {
            Responses.text(response, e.status(), e.getMessage() + "\n");
        }
    }

    private JsonNode examine(HttpServletRequest request) throws UnservedException {
        byte[] body = body(request);
        String namespace = request.getParameter("namespace");
        try {
            return Examination.of(admissions, body, namespace == null ? "default" : namespace);
        } catch (IllegalArgumentException e) {
            throw UnservedException.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private static void setLevel(HttpServletRequest request, HttpServletResponse response) throws IOException, UnservedException {
        String wanted = new String(body(request), StandardCharsets.UTF_8);
        LogLevel level = Logs.levelOf(wanted);
        if (level == null) {
            throw UnservedException.badRequest("no level of the log: send one of trace, debug, info, warn, error, off");
        }
        LOG.warn("The log's level is now {}, it was {}", level, Logs.level());
        Logs.setLevel(level);
        Responses.text(response, HttpServletResponse.SC_OK, name(level));
    }

    private static byte[] body(HttpServletRequest request) throws UnservedException {
        return RequestBody.read(request, System.nanoTime() + PATIENCE);
    }

    private static String name(LogLevel level) {
        return level.name().toLowerCase(Locale.ROOT) + "\n";
    }

    private static void json(HttpServletResponse response, JsonNode tree) throws IOException {
        byte[] text = (JSON.writeValueAsString(tree) + "\n").getBytes(StandardCharsets.UTF_8);
        Responses.write(response, HttpServletResponse.SC_OK, "application/json", text);
    }
}
