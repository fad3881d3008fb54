package dev.sidecarinjector.injection.explanation;

import dev.sidecarinjector.injection.Injection;
import dev.sidecarinjector.injection.cel.Truth;
import dev.sidecarinjector.injection.registration.EntryTrace;
import dev.sidecarinjector.injection.transform.InjectionStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole trace for one pod.
 *
 * @param verdict   what becomes of the pod
 * @param entries   of the registrations, evaluated
 * @param asked     whether the API server asks the webhook
 * @param injection what the injector says when it is asked
 * @param templates names of the templates that apply
 * @param settings  what is set for this pod, and where that comes from
 * @param flips     the smallest changes that turn the verdict, each sufficient by itself
 * @param status    what an earlier injection recorded on the pod; null where there was none
 */
public record Explanation(Outcome verdict, List<EntryTrace> entries, Truth asked, Injection injection, List<String> templates,
        List<SettingInUse> settings, List<Flip> flips, @Nullable InjectionStatus status) {
    /** What becomes of a pod that is created. */
    public enum Outcome {
        INJECTED("injected"), NOT_INJECTED("not injected"), REFUSED("refused"), UNKNOWN("not known");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /** Changes that together turn the verdict. */
    public record Flip(List<Edit> edits) {
        public Flip {
            edits = List.copyOf(edits);
        }
    }

    public Explanation {
        entries = List.copyOf(entries);
        templates = List.copyOf(templates);
        settings = List.copyOf(settings);
        flips = List.copyOf(flips);
    }
}
