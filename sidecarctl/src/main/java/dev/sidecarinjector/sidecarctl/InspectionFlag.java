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
    COLOR(null, "--color", "WHEN", "auto", "auto (on a terminal), always or never.", Inspection.DIFF), //
    TEST_FORMAT("-o", "--output", "FORMAT", "text", "text or json.", Inspection.TEST), //
    JUNIT(null, "--junit", "FILE", null, "Also write the results as JUnit XML to this file.", Inspection.TEST), //
    FILTER(null, "--filter", "TEXT", null, "Run only cases that have this text in their name or their file's name.", Inspection.TEST), //
    COVERAGE(null, "--coverage", null, null, "Name every branch of the templates that no case took.", Inspection.TEST), //
    COVERAGE_MINIMUM(null, "--coverage-minimum", "PERCENT", "0",
            "Fail where the cases took less of a template's branches.", Inspection.TEST), //
    TEST_COLOR(null, "--color", "WHEN", "auto", "auto (on a terminal), always or never.", Inspection.TEST);

    private final @Nullable String shortName;
    private final String longName;
    private final @Nullable String parameter;
    private final @Nullable String defaultValue;
    private final String help;
    private final String command;

    InspectionFlag(@Nullable String shortName, String longName, @Nullable String parameter, @Nullable String defaultValue, String help,
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

    /** Null for a switch, which takes no value. */
    @Nullable
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
