package dev.sidecarinjector.iptablesinit;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The process that the image's AOT cache learns from: runs one command line after the other, as pods do each in a process of its own. */
final class Rehearsal {
    private Rehearsal() {}

    /** A file; each line an expression for the exit status, then words without blanks. The first run that ends in another way is the last. */
    public static void main(String[] args) throws IOException {
        // What the standard streams are written with depends on the locale, which containers have or have not.
        StandardCharsets.UTF_8.newEncoder();
        StandardCharsets.US_ASCII.newEncoder();
        int status = 0;
        for (String line : Files.readAllLines(Path.of(args[0]))) {
            String[] words = line.stripTrailing().split(" ", -1);
            status = IptablesInit.run(Arrays.copyOfRange(words, 1, words.length), System.getenv(), new FileOutputStream(FileDescriptor.out),
                    new FileOutputStream(FileDescriptor.err));
            if (!Integer.toString(status).matches(words[0])) {
                System.err.println("rehearsal: exit status " + status + " instead of " + line);
                Runtime.getRuntime().halt(1);
            }
        }
        Runtime.getRuntime().halt(0);
    }
}
