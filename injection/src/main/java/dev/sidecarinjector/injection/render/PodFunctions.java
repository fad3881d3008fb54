package dev.sidecarinjector.injection.render;

import dev.sidecarinjector.gotemplate.Call;
import dev.sidecarinjector.gotemplate.FunctionFailure;
import dev.sidecarinjector.gotemplate.GoFormat;
import dev.sidecarinjector.gotemplate.GoStruct;
import dev.sidecarinjector.gotemplate.Origin;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Template functions over a pod's metadata and containers. */
final class PodFunctions {
    private static final Origin PORTS = new Origin("container ports");

    private PodFunctions() {}

    /** The annotation's value where the key exists, even if empty; else the default, printed as Go prints it. */
    static @Nullable Object annotation(Call call) {
        if (!(call.argument(0) instanceof GoStruct meta)) {
            throw new FunctionFailure("wrong type for value; expected v1.ObjectMeta");
        }
        Object annotations = meta.member("Annotations");
        if (annotations instanceof Map<?, ?> map) {
            Object value = map.get(call.string(1));
            if (value != null) {
                return value;
            }
        }
        Object fallback = call.argument(2);
        return fallback instanceof CharSequence ? fallback : GoFormat.sprint(fallback);
    }

    /** Adds a port to a comma list unless it is there, empty or {@code 0}. */
    static String excludeInboundPort(Call call) {
        String port = printed(call, 0).strip();
        String list = call.string(1);
        if (port.isEmpty() || port.equals("0")) {
            return list;
        }
        StringBuilder joined = new StringBuilder(list.length() + port.length() + 1);
        for (int start = 0; start <= list.length();) {
            int comma = list.indexOf(',', start);
            int end = comma < 0 ? list.length() : comma;
            String part = list.substring(start, end);
            if (part.equals(port)) {
                return list;
            }
            String trimmed = part.strip();
            if (!trimmed.isEmpty()) {
                joined.append(trimmed).append(',');
            }
            start = end + 1;
        }
        return joined.append(port).toString();
    }

    private static String printed(Call call, int index) {
        Object value = call.argument(index);
        return value instanceof CharSequence ? call.string(value) : GoFormat.sprint(value);
    }

    static String includeInboundPorts(Call call) {
        return ports(call, null);
    }

    static String applicationPorts(Call call) {
        return ports(call, "istio-proxy");
    }

    private static String ports(Call call, @Nullable String except) {
        call.touch(PORTS);
        StringBuilder joined = new StringBuilder();
        for (Object element : TemplateFunctions.list(call.argument(0))) {
            if (element instanceof GoStruct container && !String.valueOf(container.member("Name")).equals(except)) {
                appendPorts(joined, container);
            }
        }
        return joined.toString();
    }

    private static void appendPorts(StringBuilder joined, GoStruct container) {
        for (Object element : TemplateFunctions.list(container.member("Ports"))) {
            if (element instanceof GoStruct port) {
                String protocol = String.valueOf(port.member("Protocol"));
                if (!protocol.equals("UDP") && !protocol.equals("SCTP")) {
                    joined.append(joined.isEmpty() ? "" : ",").append(GoFormat.sprint(port.member("ContainerPort")));
                }
            }
        }
    }
}
