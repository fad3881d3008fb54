package dev.sidecarinjector.e2e.path;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** As much of RFC 1035 as one question for an address and its answer need. */
final class DnsMessage {
    private static final int HEADER = 12;
    /** Type A, class IN. */
    private static final byte[] ADDRESS_OF_INTERNET = {0, 1, 0, 1};

    private DnsMessage() {}

    static byte[] question(int id, String name) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        // Recursion desired, one question.
        out.writeBytes(new byte[]{(byte) (id >> 8), (byte) id, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0});
        for (String label : name.split("\\.", -1)) {
            out.write(label.length());
            out.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        out.write(0);
        out.writeBytes(ADDRESS_OF_INTERNET);
        return out.toByteArray();
    }

    /** Of the question. */
    static String name(byte[] message) {
        StringBuilder name = new StringBuilder();
        for (int at = HEADER; message[at] != 0; at += message[at] + 1) {
            name.append(name.isEmpty() ? "" : ".").append(new String(message, at + 1, message[at], StandardCharsets.US_ASCII));
        }
        return name.toString();
    }

    /** A question with its answer: one address of four numbers. */
    static byte[] answered(byte[] question, int... address) {
        byte[] head = question.clone();
        head[2] |= (byte) 0x80;
        head[7] = 1;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head);
        // The name is that of the question; a minute; four bytes.
        out.writeBytes(new byte[]{(byte) 0xc0, HEADER, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4});
        for (int number : address) {
            out.write(number);
        }
        return out.toByteArray();
    }

    /** The address at the end of an answer, with the id of the message before it. */
    static String address(byte[] answer) {
        int end = answer.length;
        int id = ByteBuffer.wrap(answer).getShort();
        return id + " " + (answer[end - 4] & 0xff) + "." + (answer[end - 3] & 0xff) + "." + (answer[end - 2] & 0xff) + "."
                + (answer[end - 1] & 0xff);
    }
}
