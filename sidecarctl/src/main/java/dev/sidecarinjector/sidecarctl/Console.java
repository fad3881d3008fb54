package dev.sidecarinjector.sidecarctl;

import java.io.InputStream;
import java.io.PrintStream;

/** The three streams of a command. Results go to {@code out}, everything said to a person to {@code err}. */
record Console(InputStream in, PrintStream out, PrintStream err) {
    void error(String message) {
        err.println("Error: " + message);
        err.flush();
    }

    /** Whether a person reads the results. */
    // since JDK 22 there is a console also behind pipes; it tells. Streams are compared by what they are.
    @SuppressWarnings({"SystemConsoleNull", "ReferenceEquality"})
    boolean isTerminal() {
        java.io.Console console = System.console();
        return console != null && console.isTerminal() && out == System.out;
    }
}
