package dev.sidecarinjector.webhook.server;

/** Texts of AdmissionReviews. */
final class Reviews {
    static final String POD = """
        {"kind":"Pod","apiVersion":"v1","metadata":{"name":"shop","labels":{"app":"shop"}},"spec":{"containers":[{"name":"main","image":"shop:1"}]}}""";

    private Reviews() {}

    static String v1(String object) {
        return of("admission.k8s.io/v1", object);
    }

    static String of(String apiVersion, String object) {
        return """
            {"kind":"AdmissionReview","apiVersion":"%s","request":{"uid":"u-1","namespace":"store","operation":"CREATE","object":%s}}"""
                .formatted(apiVersion, object);
    }
}
