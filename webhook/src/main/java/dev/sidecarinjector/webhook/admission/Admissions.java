package dev.sidecarinjector.webhook.admission;

import dev.sidecarinjector.injection.Injection;
import dev.sidecarinjector.injection.InjectionContext;
import dev.sidecarinjector.injection.InjectionContext.View;
import dev.sidecarinjector.injection.InjectionException;
import dev.sidecarinjector.injection.Reason;
import dev.sidecarinjector.injection.patch.JsonPatch;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Answers reviews with the engine and the view of the cluster of the moment; both are exchanged together. */
public final class Admissions {
    private record Active(Engine engine, ClusterView cluster) {}

    private volatile Active active;

    public Admissions(Engine engine, ClusterView cluster) {
        this.active = new Active(engine, cluster);
    }

    /** From the next review on; a review under way ends with what it began with. */
    public void use(Engine engine, ClusterView cluster) {
        active = new Active(engine, cluster);
    }

    /**
     * Answers one review; whatever is wrong with it becomes an answer too.
     *
     * @param body     the request's body
     * @param proxyEnv variables for the proxy from the URL
     */
    public Answer answer(byte[] body, Map<String, String> proxyEnv) {
        Review review = null;
        try {
            review = ReviewReader.read(body);
            return answer(review, proxyEnv);
        } catch (RuntimeException | StackOverflowError e) {
            // A fault of ours costs this pod its admission, never the server.
            return broken(review, e);
        }
    }

    private Answer answer(Review review, Map<String, String> proxyEnv) {
        return switch (review) {
            case Review.Unanswerable nothing -> Answer.withoutDecision(AnswerWriter.refused(nothing), nothing.message());
            case Review.Question question -> answer(question, active, proxyEnv);
        };
    }

    private static Answer broken(@Nullable Review review, Throwable fault) {
        String message = "internal error of the injector: " + fault;
        byte[] body = review instanceof Review.Question question
                ? AnswerWriter.refused(question, message, List.of())
                : AnswerWriter.refused(new Review.Unanswerable(null, "", message));
        return Answer.broken(body, fault);
    }

    private static Answer answer(Review.Question question, Active active, Map<String, String> proxyEnv) {
        ObjectNode pod = question.pod();
        Injection injection;
        try {
            injection = active.engine.inject(pod, context(question, active.cluster, proxyEnv));
        } catch (InjectionException e) {
            return refused(question, e.reason(), String.valueOf(e.getMessage()), List.of());
        }
        Reason reason = injection.decision().reason();
        List<String> warnings = WarningLines.of(injection.warnings());
        if (injection.error() != null) {
            return refused(question, reason, injection.error(), warnings);
        }
        ObjectNode injected = injection.pod();
        byte[] body = injected == null
                ? AnswerWriter.allowed(question, warnings)
                : AnswerWriter.patched(question, JsonPatch.diff(pod, injected), warnings);
        return Answer.admitted(body, reason);
    }

    private static InjectionContext context(Review.Question question, ClusterView cluster, Map<String, String> proxyEnv) {
        String own = question.pod().path("metadata").path("namespace").asString("");
        String namespace = own.isEmpty() ? question.namespace() : own;
        return new InjectionContext(View.WEBHOOK, question.namespace(), null, proxyEnv, cluster.nodes(),
                cluster.namespaceAnnotations(namespace), cluster.proxyConfigs(namespace));
    }

    private static Answer refused(Review.Question question, Reason reason, String message, List<String> warnings) {
        return Answer.refused(AnswerWriter.refused(question, message, warnings), reason, message);
    }
}
