package dev.sidecarinjector.capture.settings;

/**
 * Something wrong, or worth a warning, that the user can do something about.
 *
 * @param what   what is wrong; starts with the reference implementation's message where there is one
 * @param where  the flag, variable or file
 * @param remedy what to do
 */
public record Finding(String what, String where, String remedy) {
    /** All in one line. */
    public String text() {
        return what + " (" + where + "): " + remedy;
    }
}
