package dev.sidecarinjector.webhook.admission;

import dev.sidecarinjector.injection.Injection;
import dev.sidecarinjector.injection.InjectionContext;
import dev.sidecarinjector.injection.InjectionContext.View;
import dev.sidecarinjector.injection.InjectionException;
import dev.sidecarinjector.injection.Reason;
import dev.sidecarinjector.injection.patch.JsonPatch;
import dev.sidecarinjector.webhook.admission.Stages.Stage;
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

    /** As below, for a request whose time nobody measures. */
    public Answer answer(byte[] body, Map<String, String> proxyEnv) {
        return answer(body, proxyEnv, new Stages());
    }

    /**
     * Answers one review; whatever is wrong with it becomes an answer too.
     *
     * @param body     the request's body
     * @param proxyEnv variables for the proxy from the URL
     * @param stages   learns the time of parsing, injecting and writing the patch
     */
    public Answer answer(byte[] body, Map<String, String> proxyEnv, Stages stages) {
        Review review = null;
        try {
            review = ReviewReader.read(body);
            stages.mark(Stage.PARSE);
            return switch (review) {
                case Review.Unanswerable nothing ->
                    Answer.withoutDecision(AnswerWriter.refused(nothing), nothing.message(), stages);
                case Review.Question question -> answer(question, active, proxyEnv, stages);
            };
        } catch (RuntimeException | StackOverflowError e) {
            // A fault of ours costs this pod its admission, never the server.
            return broken(review, e, stages);
        } finally {
            stages.mark(Stage.PATCH);
        }
    }

    /**
     * What the engine says about a pod now; nobody is answered.
     *
     * @param namespace of the request, or empty
     * @throws InjectionException where the pod is not even one that can be refused in order
     */
    public Injection examine(ObjectNode pod, String namespace) {
        Active now = active;
        return now.engine.inject(pod, context(new Review.Question("", "", namespace, pod), now.cluster, Map.of()));
    }

    private static Answer broken(@Nullable Review review, Throwable fault, Stages stages) {
        String message = "internal error of the injector: " + fault;
        return review instanceof Review.Question question
                ? Answer.broken(AnswerWriter.refused(question, message, List.of()), question, fault, stages)
                : Answer.broken(AnswerWriter.refused(new Review.Unanswerable(null, "", message)), null, fault, stages);
    }

    private static Answer answer(Review.Question question, Active active, Map<String, String> proxyEnv, Stages stages) {
        ObjectNode pod = question.pod();
        Injection injection;
        try {
            injection = active.engine.inject(pod, context(question, active.cluster, proxyEnv));
        } catch (InjectionException e) {
            return refused(question, e.reason(), String.valueOf(e.getMessage()), List.of(), stages);
        } finally {
            stages.mark(Stage.INJECT);
        }
        Reason reason = injection.decision().reason();
        List<String> warnings = WarningLines.of(injection.warnings());
        if (injection.error() != null) {
            return refused(question, reason, injection.error(), warnings, stages);
        }
        ObjectNode injected = injection.pod();
        byte[] body = injected == null
                ? AnswerWriter.allowed(question, warnings)
                : AnswerWriter.patched(question, JsonPatch.diff(pod, injected), warnings);
        return Answer.admitted(body, question, reason, stages);
    }

    private static InjectionContext context(Review.Question question, ClusterView cluster, Map<String, String> proxyEnv) {
        String namespace = question.podNamespace();
        return new InjectionContext(View.WEBHOOK, question.namespace(), null, proxyEnv, cluster.nodes(),
                cluster.namespaceAnnotations(namespace), cluster.proxyConfigs(namespace));
    }

    private static Answer refused(Review.Question question, Reason reason, String message, List<String> warnings, Stages stages) {
        return Answer.refused(AnswerWriter.refused(question, message, warnings), question, reason, message, stages);
    }
}
