package dev.sidecarinjector.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Tests that get a {@link Cluster}; skipped, with the reason, where there can be none. All classes share one. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OnCluster.Extension.class)
@interface OnCluster {
    /** Starts the cluster with the first class that wants it, and ends it with the last. */
    final class Extension implements ExecutionCondition, ParameterResolver {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return Cluster.obstacle().map(reason -> skipped(context, reason))
                    .orElseGet(() -> ConditionEvaluationResult.enabled("a cluster is there"));
        }

        private static ConditionEvaluationResult skipped(ExtensionContext context, String reason) {
            if (context.getTestMethod().isEmpty()) {
                System.out.println(context.getRequiredTestClass().getSimpleName() + " is skipped: " + reason);
            }
            return ConditionEvaluationResult.disabled(reason);
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Cluster.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot().getStore(Namespace.GLOBAL).computeIfAbsent(Cluster.class, _ -> started(), Cluster.class);
        }

        private static Cluster started() {
            try {
                Cluster cluster = Cluster.start();
                System.out.println("end-to-end tests on a real API server: Kubernetes " + cluster.version());
                return cluster;
            } catch (Exception e) {
                throw new IllegalStateException("the cluster did not start: " + e.getMessage(), e);
            }
        }
    }
}
