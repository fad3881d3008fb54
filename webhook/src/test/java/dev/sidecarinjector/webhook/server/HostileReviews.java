package dev.sidecarinjector.webhook.server;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;

/** Bodies that no API server sends, out of one that it does: always the same ones for a seed. */
final class HostileReviews {
    private static final String GOOD = Reviews.v1("""
        {"kind":"Pod","apiVersion":"v1","metadata":{"generateName":"shop-","namespace":"store","labels":{"app":"shop","n":"1"},
        "annotations":{"sidecar.istio.io/proxyCPU":"100m","prometheus.io/scrape":"true","proxy.istio.io/config":"concurrency: 2",
        "traffic.sidecar.istio.io/excludeInboundPorts":"1,2","sidecar.istio.io/inject":"true"},
        "ownerReferences":[{"kind":"ReplicaSet","name":"shop-5d4","controller":true,"apiVersion":"apps/v1","uid":"x"}]},
        "spec":{"serviceAccountName":"s","nodeName":"n1","volumes":[{"name":"v","emptyDir":{}}],"containers":[{"name":"main","image":"shop:1",
        "ports":[{"containerPort":8080,"name":"http"}],"readinessProbe":{"httpGet":{"path":"/r","port":"http"},"periodSeconds":5},
        "resources":{"limits":{"cpu":"1"}},"env":[{"name":"A","value":"b"}],"volumeMounts":[{"name":"v","mountPath":"/v"}]}],
        "initContainers":[{"name":"init","image":"i"}],"securityContext":{"runAsUser":1000}}}""").replace("\n", "");
    private static final List<String> VALUES = List.of("null", "true", "-0", "1e999999999", "1e-999999999", "9".repeat(900),
            "9".repeat(2000),
            "0x10", "NaN", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "\"\\uZZZZ\"", "\"{{ .Values }}\"", "\"${jndi:ldap://x}\"", "\"a\\nb: c\"",
            "[]", "{}", "[null]", "[[[[[[]]]]]]", "{\"\":{}}", "{\"a\":1,\"a\":2}", "\"" + "x".repeat(20_000) + "\"", "-", "+1", ".5", "1.",
            "[1,{\"name\":7}]", "{\"httpGet\":[]}", "18446744073709551616", "-9223372036854775809", "'single'", "/*c*/1", "undefined");

    private final Random random;

    HostileReviews(long seed) {
        this.random = new Random(seed);
    }

    static byte[] good() {
        return GOOD.getBytes(StandardCharsets.UTF_8);
    }

    byte[] next() {
        return switch (random.nextInt(12)) {
            case 0 -> Arrays.copyOf(good(), random.nextInt(GOOD.length()));
            case 1 -> flipped(1 + random.nextInt(8));
            case 2 -> spliced();
            case 3 -> deep();
            case 4 -> duplicated();
            case 5 -> noise();
            case 6 -> yaml();
            default -> replaced(1 + random.nextInt(3));
        };
    }

    /** Bytes exchanged, which breaks UTF-8 as well as JSON. */
    private byte[] flipped(int times) {
        byte[] body = good();
        for (int i = 0; i < times; i++) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        return body;
    }

    private byte[] spliced() {
        int from = random.nextInt(GOOD.length());
        int to = from + random.nextInt(GOOD.length() - from);
        int where = random.nextInt(GOOD.length());
        return text(GOOD.substring(0, where) + GOOD.substring(from, to) + GOOD.substring(where));
    }

    private byte[] deep() {
        int depth = 1 << random.nextInt(15);
        String open = random.nextBoolean() ? "[" : "{\"a\":";
        String value = open.repeat(depth) + (random.nextBoolean() ? "1" + (open.equals("[") ? "]" : "}").repeat(depth) : "");
        return text(random.nextInt(4) == 0 ? value : GOOD.replaceFirst("\"b\"", value));
    }

    private byte[] duplicated() {
        String[] keys = {"\"uid\":", "\"object\":", "\"metadata\":", "\"spec\":", "\"containers\":", "\"name\":", "\"kind\":"};
        String key = keys[random.nextInt(keys.length)];
        return text(GOOD.replaceFirst(key, Matcher.quoteReplacement(key + value() + "," + key)));
    }

    private byte[] noise() {
        byte[] noise = new byte[random.nextInt(300)];
        random.nextBytes(noise);
        if (noise.length > 0 && random.nextBoolean()) {
            noise[0] = '{';
        }
        return noise;
    }

    private byte[] yaml() {
        return text(switch (random.nextInt(6)) {
            case 0 -> "a: &a [x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c]\n";
            case 1 -> "- ".repeat(1 + random.nextInt(3000)) + "x";
            case 2 -> "kind: AdmissionReview\napiVersion: admission.k8s.io/v1\nrequest:\n  uid: " + value() + "\n  object: " + value();
            case 3 -> "? ".repeat(1 + random.nextInt(500));
            case 4 -> "&x {<<: *x}\n%YAML 9.9\n--- !!java.net.URL [x]\n";
            default -> "kind: AdmissionReview\nrequest: {object: !!binary x, uid: !!set {a}}\n" + "\t".repeat(random.nextInt(9));
        });
    }

    /** A value of the review, whatever it is, exchanged for one of another type. */
    private byte[] replaced(int times) {
        String body = GOOD;
        for (int i = 0; i < times; i++) {
            int colon = body.indexOf(':', random.nextInt(body.length()));
            if (colon >= 0) {
                body = body.substring(0, colon + 1) + value() + body.substring(endOfValue(body, colon + 1));
            }
        }
        return text(body);
    }

    private static int endOfValue(String body, int from) {
        int depth = 0;
        boolean quoted = false;
        for (int i = from; i < body.length(); i++) {
            char c = body.charAt(i);
            if (c == '"' && body.charAt(i - 1) != '\\') {
                quoted = !quoted;
            }
            if (!quoted && (c == '}' || c == ']' || c == ',') && depth == 0) {
                return i;
            }
            if (!quoted) {
                depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
            }
        }
        return body.length();
    }

    private String value() {
        return VALUES.get(random.nextInt(VALUES.size()));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
