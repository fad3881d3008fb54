package dev.sidecarinjector.webhook.observe;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggerConfiguration;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** The program's log on its standard output: as text or JSON, with a level that can be changed while it runs. */
public final class Logs {
    /** How a line looks. */
    public enum Format {
        /** Time, level, class, message, then keys and values. */
        TEXT,
        /** One JSON object per line, in the field names of Logstash. */
        JSON
    }

    private static final String PRODUCT = "dev.sidecarinjector";
    private static final String LINE = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0}: %msg %kvp%n%ex";
    private static @Nullable LoggingSystem system;

    private Logs() {}

    /** Sets the log up, before anything else logs. A second call replaces what the first one set. */
    public static synchronized void begin(Format format, LogLevel level) {
        LoggingSystem fresh = LoggingSystem.get(Logs.class.getClassLoader());
        fresh.cleanUp();
        fresh.beforeInitialize();
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("log", properties(format)));
        System.clearProperty(LoggingSystemProperty.CONSOLE_STRUCTURED_FORMAT.getEnvironmentVariableName());
        fresh.getSystemProperties(environment).apply();
        fresh.initialize(new LoggingInitializationContext(environment), null, null);
        fresh.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
        fresh.setLogLevel(PRODUCT, level);
        // Failures to start are reported once, by the program itself.
        fresh.setLogLevel("org.springframework.boot", LogLevel.OFF);
        fresh.setLogLevel("org.apache.catalina", LogLevel.OFF);
        // Watches that fail are reported once, by whoever watches; the client says it at each attempt, with a stack trace.
        fresh.setLogLevel("io.fabric8.kubernetes.client.informers", LogLevel.OFF);
        fresh.setLogLevel("io.fabric8.kubernetes.client.dsl.internal", LogLevel.OFF);
        system = fresh;
    }

    /** Sets up a text log unless {@link #begin} has run. */
    public static synchronized void ensureBegun() {
        if (system == null) {
            begin(Format.TEXT, LogLevel.INFO);
        }
    }

    /** The level from which this product's own lines are shown. */
    public static synchronized LogLevel level() {
        ensureBegun();
        LoggerConfiguration product = system == null ? null : system.getLoggerConfiguration(PRODUCT);
        return product == null ? LogLevel.INFO : product.getEffectiveLevel();
    }

    /** Changes it from now on. */
    public static synchronized void setLevel(LogLevel level) {
        ensureBegun();
        if (system != null) {
            system.setLogLevel(PRODUCT, level);
        }
    }

    /** A level by its name, in any case; null where there is none of this name. */
    public static @Nullable LogLevel levelOf(String name) {
        for (LogLevel level : LogLevel.values()) {
            if (level.name().equals(name.strip().toUpperCase(Locale.ROOT))) {
                return level;
            }
        }
        return null;
    }

    /** What someone else wrote, fit for one line: no control characters, and not longer than 512 characters. */
    public static String oneLine(String text) {
        int length = Math.min(text.length(), 512);
        for (int i = 0; i < length; i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return withoutControls(text, length);
            }
        }
        return length == text.length() ? text : text.substring(0, length) + "…";
    }

    private static String withoutControls(String text, int length) {
        StringBuilder line = new StringBuilder(length + 1);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            line.append(Character.isISOControl(c) ? ' ' : c);
        }
        return length == text.length() ? line.toString() : line.append('…').toString();
    }

    private static Map<String, Object> properties(Format format) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("logging.pattern.console", LINE);
        if (format == Format.JSON) {
            properties.put("logging.structured.format.console", "logstash");
        }
        return properties;
    }
}
