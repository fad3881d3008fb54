package dev.sidecarinjector.sidecarctl;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The flags of the other commands than kube-inject, besides those of {@link Flag} that say where the configuration comes from. */
enum InspectionFlag {
    NAMESPACE("-n", "--namespace", "NAMESPACE", null,
            "Namespace of what is named, and of manifests that name none; that of the kubeconfig's context if not given.",
            Inspection.EXPLAIN), //
    REGISTRATION(null, "--registration", "FILE", null,
            "MutatingWebhookConfigurations to evaluate; those of the cluster if not given, without a cluster those that an installation makes.",
            Inspection.EXPLAIN), //
    NAMESPACE_LABELS(null, "--namespace-labels", "NAME=VALUE,...", null,
            "Labels of the namespace; if not given, those of a Namespace in the same file, else those in the cluster.", Inspection.EXPLAIN), //
    EXPLAIN_FORMAT("-o", "--output", "FORMAT", "text", "text or json.", Inspection.EXPLAIN), //
    DIFF_FORMAT("-o", "--output", "FORMAT", "semantic", "semantic (what changes, by name), unified (lines of YAML, as diff -u) or json.",
            Inspection.DIFF), //
    COLOR(null, "--color", "WHEN", "auto", "auto (on a terminal), always or never.", Inspection.DIFF);

    private final @Nullable String shortName;
    private final String longName;
    private final String parameter;
    private final @Nullable String defaultValue;
    private final String help;
    private final String command;

    InspectionFlag(@Nullable String shortName, String longName, String parameter, @Nullable String defaultValue, String help,
            String command) {
        this.shortName = shortName;
        this.longName = longName;
        this.parameter = parameter;
        this.defaultValue = defaultValue;
        this.help = help;
        this.command = command;
    }

    static List<InspectionFlag> of(String command) {
        return Arrays.stream(values()).filter(flag -> flag.command.equals(command)).toList();
    }

    List<String> names() {
        return shortName == null ? List.of(longName) : List.of(shortName, longName);
    }

    String parameter() {
        return parameter;
    }

    @Nullable
    String defaultValue() {
        return defaultValue;
    }

    String help() {
        return help;
    }

    String longName() {
        return longName;
    }
}
