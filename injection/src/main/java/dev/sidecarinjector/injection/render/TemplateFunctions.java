package dev.sidecarinjector.injection.render;

import dev.sidecarinjector.gotemplate.Call;
import dev.sidecarinjector.gotemplate.Function;
import dev.sidecarinjector.gotemplate.GoFormat;
import dev.sidecarinjector.gotemplate.GoStruct;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The injector's own template functions (spec section 8); they replace Sprig's of the same name. */
public final class TemplateFunctions {
    private TemplateFunctions() {}

    /**
     * The functions by name.
     *
     * @param environment what {@code env} reads
     */
    public static Map<String, Function> all(Map<String, String> environment) {
        return Map.ofEntries(Map.entry("annotation", PodFunctions::annotation), Map.entry("isset", MapFunctions::isset),
                Map.entry("valueOrDefault", TemplateFunctions::valueOrDefault),
                Map.entry("excludeInboundPort", PodFunctions::excludeInboundPort),
                Map.entry("includeInboundPorts", PodFunctions::includeInboundPorts),
                Map.entry("applicationPorts", PodFunctions::applicationPorts),
                Map.entry("kubevirtInterfaces", TemplateFunctions::identity), Map.entry("excludeInterfaces", TemplateFunctions::identity),
                Map.entry("toJSON", JsonFunctions::toJson), Map.entry("toJsonMap", JsonFunctions::toJsonMap),
                Map.entry("fromJSON", JsonFunctions::fromJson), Map.entry("structToJSON", JsonFunctions::structToJson),
                Map.entry("protoToJSON", JsonFunctions::protoToJson), Map.entry("toYaml", JsonFunctions::toYaml),
                Map.entry("indent", TemplateFunctions::indent), Map.entry("directory", TemplateFunctions::directory),
                Map.entry("contains", call -> call.string(1).contains(call.string(0))),
                Map.entry("toLower", call -> call.string(0).toLowerCase(Locale.ROOT)),
                Map.entry("appendMultusNetwork", MultusNetworks::append),
                Map.entry("env", call -> env(call, environment)), Map.entry("omit", MapFunctions::omit),
                Map.entry("strdict", MapFunctions::strdict), Map.entry("mergeMaps", MapFunctions::mergeMaps),
                Map.entry("omitNil", MapFunctions::omitNil), Map.entry("formatDuration", TemplateFunctions::formatDuration),
                Map.entry("otelResourceAttributes", OtelAttributes::of));
    }

    private static @Nullable Object valueOrDefault(Call call) {
        Object value = call.argument(0);
        boolean unset = value == null || (value instanceof CharSequence text && text.isEmpty());
        return unset ? call.argument(1) : value;
    }

    private static @Nullable Object identity(Call call) {
        call.string(0);
        return call.argument(0);
    }

    /** Unlike Sprig's: the first line stays where it is, for it follows what stands before the action. */
    private static String indent(Call call) {
        int width = ((Number) java.util.Objects.requireNonNull(call.argument(0))).intValue();
        return call.string(1).replace("\n", "\n" + " ".repeat(Math.max(width, 0)));
    }

    private static String directory(Call call) {
        String path = call.string(0);
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    private static String env(Call call, Map<String, String> environment) {
        String value = environment.getOrDefault(call.string(0), "");
        return value.isEmpty() ? call.string(1) : value;
    }

    /** A protobuf duration as Go prints one: {@code 1m30s}. */
    private static String formatDuration(Call call) {
        if (call.argument(0) instanceof GoStruct duration && duration.member("AsDuration") instanceof String text) {
            return text;
        }
        return GoDuration.format(GoFormat.sprint(call.argument(0)));
    }

    static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
