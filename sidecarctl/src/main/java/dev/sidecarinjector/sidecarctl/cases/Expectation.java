package dev.sidecarinjector.sidecarctl.cases;

import dev.sidecarinjector.sidecarctl.cases.Expectations.At;
import dev.sidecarinjector.sidecarctl.cases.Expectations.ErrorSays;
import dev.sidecarinjector.sidecarctl.cases.Expectations.Injected;
import dev.sidecarinjector.sidecarctl.cases.Expectations.Nothing;
import dev.sidecarinjector.sidecarctl.cases.Expectations.ReasonIs;
import dev.sidecarinjector.sidecarctl.cases.Expectations.WarningsSay;
import dev.sidecarinjector.sidecarctl.cases.Expectations.Whole;
import org.jspecify.annotations.Nullable;

/** One thing that a case expects. */
public sealed interface Expectation permits Injected, ReasonIs, ErrorSays, WarningsSay, At, Nothing, Whole {
    /** Null where it is as expected. */
    @Nullable
    Failure check(Outcome outcome);
}
