package dev.sidecarinjector.iptablesinit;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The process that the image's AOT cache learns from: runs one command line after the other, as pods do each in a process of its own. */
final class Rehearsal {
    private Rehearsal() {}

    /**
     * A file; each line the exit statuses that are expected, separated by commas, or a question mark for any, then words without blanks. The first run that ends in
     * another way is the last. Whatever this class loads is in the cache, too: it does without the JDK's larger parts.
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        // What the standard streams are written with depends on the locale, which containers have or have not.
        StandardCharsets.UTF_8.newEncoder();
        StandardCharsets.US_ASCII.newEncoder();
        // What two threads do at the same time would be recorded differently each time.
        HeadStart.begin().join();
        int status = 0;
        for (String line : new String(new FileInputStream(args[0]).readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
            if (line.isEmpty()) {
                continue;
            }
            String[] words = line.stripTrailing().split(" ", -1);
            status = IptablesInit.run(Arrays.copyOfRange(words, 1, words.length), System.getenv(), new FileOutputStream(FileDescriptor.out),
                    new FileOutputStream(FileDescriptor.err));
            if (!words[0].equals("?") && !("," + words[0] + ",").contains("," + status + ",")) {
                System.err.println("rehearsal: exit status " + status + " instead of " + line);
                Runtime.getRuntime().halt(1);
            }
        }
        Runtime.getRuntime().halt(0);
    }
}
