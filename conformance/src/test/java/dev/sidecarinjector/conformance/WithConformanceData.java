package dev.sidecarinjector.conformance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The tests need the folder of cases; without it they are skipped and say so. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith({WithConformanceData.Condition.class, ConformanceReport.class})
@interface WithConformanceData {
    /** Looks whether the folder is there. */
    class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (ConformanceData.isPresent()) {
                return ConditionEvaluationResult.enabled("the cases are at " + ConformanceData.FOLDER);
            }
            String reason = "there are no conformance cases at " + ConformanceData.FOLDER
                    + "; put them there, or name their folder with -Dconformance.data=FOLDER";
            if (context.getTestMethod().isEmpty()) {
                System.out.println(context.getDisplayName() + " is skipped: " + reason);
            }
            return ConditionEvaluationResult.disabled(reason);
        }
    }
}
