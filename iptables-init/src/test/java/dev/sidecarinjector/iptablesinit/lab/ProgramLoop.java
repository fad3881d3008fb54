package dev.sidecarinjector.iptablesinit.lab;

import dev.sidecarinjector.iptablesinit.IptablesInit;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Runs the program again and again in one process, which stands in a namespace: starting a process takes longer than what it does. */
final class ProgramLoop {
    private ProgramLoop() {}

    /** Reads requests from standard input until it ends; the variables of each are added to those of the process. */
    public static void main(String[] args) throws IOException {
        DataInputStream in = new DataInputStream(System.in);
        DataOutputStream out = new DataOutputStream(System.out);
        while (true) {
            String[] words;
            Map<String, String> variables = new HashMap<>(System.getenv());
            try {
                words = read(in);
                String[] more = read(in);
                for (int i = 0; i < more.length; i += 2) {
                    variables.put(more[i], more[i + 1]);
                }
            } catch (EOFException _) {
                return;
            }
            ByteArrayOutputStream printed = new ByteArrayOutputStream();
            ByteArrayOutputStream errors = new ByteArrayOutputStream();
            out.writeInt(IptablesInit.run(words, variables, printed, errors));
            write(out, printed.toString(StandardCharsets.UTF_8));
            write(out, errors.toString(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    private static String[] read(DataInputStream in) throws IOException {
        String[] words = new String[in.readInt()];
        for (int i = 0; i < words.length; i++) {
            words[i] = text(in);
        }
        return words;
    }

    static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
