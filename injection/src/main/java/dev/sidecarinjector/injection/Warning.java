package dev.sidecarinjector.injection;

/**
 * Something that a pod's author should know and that does not stop the injection.
 *
 * @param what   what was found
 * @param where  the annotation, label or field
 * @param remedy what to do
 */
public record Warning(String what, String where, String remedy) {
    /** One line for a terminal or an AdmissionResponse. */
    public String line() {
        return where + ": " + what + "; " + remedy;
    }
}
