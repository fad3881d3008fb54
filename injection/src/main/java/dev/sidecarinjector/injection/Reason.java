package dev.sidecarinjector.injection;

/** Why a pod was injected, skipped or refused: the closed set behind metric labels, explanations and the reference page. */
public enum Reason {
    SWITCH_ON(Verdict.INJECT, "the pod's inject label or annotation says true"), ALWAYS_SELECTOR(Verdict.INJECT,
            "an alwaysInjectSelector matches the pod's labels"), POLICY_ENABLED(Verdict.INJECT,
                    "nothing said otherwise and the policy is enabled"), HOST_NETWORK(Verdict.SKIP,
                            "the pod uses the host's network"), SYSTEM_NAMESPACE(Verdict.SKIP,
                                    "the namespace belongs to the system"), SWITCH_OFF(Verdict.SKIP,
                                            "the pod's inject label or annotation says false"), NEVER_SELECTOR(Verdict.SKIP,
                                                    "a neverInjectSelector matches the pod's labels"), POLICY_DISABLED(Verdict.SKIP,
                                                            "nothing said otherwise and the policy is disabled"), POLICY_UNKNOWN(
                                                                    Verdict.SKIP,
                                                                    "the policy is neither enabled nor disabled"), INVALID_ANNOTATION(
                                                                            Verdict.SKIP,
                                                                            "an annotation has an invalid value"), INVALID_POD(Verdict.SKIP,
                                                                                    "the pod is not one that Kubernetes accepts"), TEMPLATE_NOT_FOUND(
                                                                                            Verdict.SKIP,
                                                                                            "the pod asks for a template that does not exist"), TEMPLATE_FAILED(
                                                                                                    Verdict.SKIP,
                                                                                                    "a template could not be rendered"), UNSAFE_VALUE(
                                                                                                            Verdict.SKIP,
                                                                                                            "a value would become YAML structure"), MERGE_FAILED(
                                                                                                                    Verdict.SKIP,
                                                                                                                    "the rendered template does not fit the pod"), INVALID_PROMETHEUS(
                                                                                                                            Verdict.SKIP,
                                                                                                                            "the Prometheus annotations contradict the mesh"), INTERNAL_ERROR(
                                                                                                                                    Verdict.SKIP,
                                                                                                                                    "a fault of the injector");

    private final Verdict verdict;
    private final String sentence;

    Reason(Verdict verdict, String sentence) {
        this.verdict = verdict;
        this.sentence = sentence;
    }

    /** INJECT or SKIP; a refused pod counts as SKIP, {@link #isFailure()} tells it apart. */
    public Verdict verdict() {
        return verdict;
    }

    /** One clause for a person, without a full stop. */
    public String sentence() {
        return sentence;
    }

    /** True where the pod is refused with an error instead of being admitted as it is. */
    public boolean isFailure() {
        return compareTo(INVALID_ANNOTATION) >= 0;
    }

    /** The stable name in metrics and JSON: {@code switch_on}. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
