package dev.sidecarinjector.sidecarctl;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The flags that were given to kube-inject.
 *
 * @param values of flags but {@link Flag#FILENAME}; of a repeated one the last; empty for a switch
 * @param files  values of {@link Flag#FILENAME}, then the arguments that belong to no flag
 */
record Arguments(Map<Flag, String> values, List<String> files) {
    /**
     * Reads arguments that need no help and have no fault; null for others, of which {@link Usage} knows what to say. Most runs are read here: the
     * classes of picocli cannot be kept in an AOT cache, and loading them takes longer than the injection of a manifest.
     */
    static @Nullable Arguments plain(List<String> arguments) {
        Map<Flag, String> values = new EnumMap<>(Flag.class);
        List<String> named = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("-") || argument.equals("-")) {
                others.add(argument);
                continue;
            }
            int equals = argument.indexOf('=');
            Flag flag = flag(equals < 0 ? argument : argument.substring(0, equals));
            if (flag == null || (flag.parameter() == null && equals >= 0)) {
                return null;
            }
            String value = "";
            if (equals >= 0) {
                value = argument.substring(equals + 1);
            } else if (flag.parameter() != null) {
                i++;
                if (i == arguments.size() || (arguments.get(i).startsWith("-") && arguments.get(i).length() > 1)) {
                    return null;
                }
                value = arguments.get(i);
            }
            if (flag == Flag.FILENAME) {
                named.add(value);
            } else {
                values.put(flag, value);
            }
        }
        named.addAll(others);
        return new Arguments(values, named);
    }

    private static @Nullable Flag flag(String name) {
        for (Flag flag : Flag.values()) {
            if (name.equals(flag.longName()) || name.equals(flag.shortName())) {
                return flag;
            }
        }
        return null;
    }

    boolean has(Flag flag) {
        return values.containsKey(flag);
    }

    /** Null where the flag was not given or given as an empty text. */
    @Nullable
    String given(Flag flag) {
        String value = values.get(flag);
        return value == null || value.isEmpty() ? null : value;
    }

    /** The flag's value or its default. */
    String value(Flag flag) {
        String value = given(flag);
        String fallback = flag.defaultValue();
        return value != null ? value : fallback == null ? "" : fallback;
    }

    /** Empty for the default revision. */
    String revision() {
        String revision = value(Flag.REVISION);
        return revision.equals("default") ? "" : revision;
    }

    /** Whether a cluster, or something in one, was named. */
    boolean nameCluster() {
        return given(Flag.KUBECONFIG) != null || given(Flag.CONTEXT) != null || given(Flag.CLUSTER) != null
                || given(Flag.USER) != null || given(Flag.AS) != null || given(Flag.ISTIO_NAMESPACE) != null
                || given(Flag.XDS_ADDRESS) != null || given(Flag.MESH_CONFIG_MAP) != null || given(Flag.INJECT_CONFIG_MAP) != null;
    }
}
