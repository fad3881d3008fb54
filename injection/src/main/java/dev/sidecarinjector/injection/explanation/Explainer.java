package dev.sidecarinjector.injection.explanation;

import dev.sidecarinjector.injection.Injection;
import dev.sidecarinjector.injection.InjectionContext;
import dev.sidecarinjector.injection.Injector;
import dev.sidecarinjector.injection.cel.Truth;
import dev.sidecarinjector.injection.decision.Decider;
import dev.sidecarinjector.injection.explanation.Explanation.Flip;
import dev.sidecarinjector.injection.explanation.Explanation.Outcome;
import dev.sidecarinjector.injection.registration.Admission;
import dev.sidecarinjector.injection.registration.EntryTrace;
import dev.sidecarinjector.injection.registration.Registration;
import dev.sidecarinjector.injection.transform.Restoration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Explains what becomes of pods in one installation. */
public final class Explainer {
    private static final int MOST_EDITS = 3;
    private static final int MOST_FLIPS = 4;

    private final Injector injector;
    private final List<Registration> registrations;

    public Explainer(Injector injector, List<Registration> registrations) {
        this.injector = injector;
        this.registrations = List.copyOf(registrations);
    }

    /**
     * The trace for a pod.
     *
     * @param context what the webhook would know of it
     */
    public Explanation explain(Admission admission, InjectionContext context) {
        List<EntryTrace> entries = entries(admission);
        Injection injection = injector.inject(admission.pod(), context);
        Truth asked = Registration.asks(entries);
        Outcome verdict = verdict(asked, injection);
        return new Explanation(verdict, entries, asked, injection, injector.templates(admission.pod(), context),
                SettingsInUse.of(admission.pod(), context, injector.configuration()), flips(admission, context, verdict),
                Restoration.status(admission.pod()));
    }

    /** What becomes of a pod, without the reasons. */
    public Outcome verdict(Admission admission, InjectionContext context) {
        Truth asked = Registration.asks(entries(admission));
        if (asked == Truth.NO) {
            return Outcome.NOT_INJECTED;
        }
        boolean skipped = !Decider.decide(admission.pod(), context, injector.configuration().inject()).inject();
        return skipped ? Outcome.NOT_INJECTED : verdict(asked, injector.inject(admission.pod(), context));
    }

    private static Outcome verdict(Truth asked, Injection injection) {
        boolean skips = injection.pod() == null && injection.error() == null;
        if (asked == Truth.NO || skips) {
            return Outcome.NOT_INJECTED;
        }
        if (asked == Truth.UNKNOWN) {
            return Outcome.UNKNOWN;
        }
        return injection.error() != null ? Outcome.REFUSED : Outcome.INJECTED;
    }

    private List<EntryTrace> entries(Admission admission) {
        List<EntryTrace> entries = new ArrayList<>();
        registrations.forEach(registration -> entries.addAll(registration.trace(admission)));
        return entries;
    }

    /** The smallest sets of edits after which the verdict is the other one; each was tried. */
    private List<Flip> flips(Admission admission, InjectionContext context, Outcome verdict) {
        Outcome wanted = verdict == Outcome.INJECTED ? Outcome.NOT_INJECTED : Outcome.INJECTED;
        Set<String> revisions = new LinkedHashSet<>();
        registrations.forEach(registration -> revisions.add(registration.revision().isEmpty() ? "default" : registration.revision()));
        List<Edit> edits = Edits.of(admission, injector.configuration().inject(), revisions);
        List<Flip> found = new ArrayList<>();
        for (int size = 1; size <= MOST_EDITS && found.isEmpty(); size++) {
            search(edits, 0, size, new ArrayList<>(), admission, context, wanted, found);
        }
        return found;
    }

    private void search(List<Edit> edits, int from, int size, List<Edit> chosen, Admission changed, InjectionContext context,
            Outcome wanted,
            List<Flip> found) {
        if (chosen.size() == size) {
            if (verdict(changed, context) == wanted) {
                found.add(new Flip(chosen));
            }
            return;
        }
        for (int i = from; i < edits.size() && found.size() < MOST_FLIPS; i++) {
            chosen.add(edits.get(i));
            search(edits, i + 1, size, chosen, edits.get(i).apply(changed), context, wanted, found);
            chosen.removeLast();
        }
    }
}
