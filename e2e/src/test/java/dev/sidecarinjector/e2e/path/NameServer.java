package dev.sidecarinjector.e2e.path;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A small name server on one address, by UDP and by TCP (RFC 1035, 4.2); what it answers to a message is somebody else's decision. */
final class NameServer implements AutoCloseable {
    static final int LONGEST = 512;

    private final DatagramSocket datagrams;
    private final ServerSocket connections;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private NameServer(DatagramSocket datagrams, ServerSocket connections, UnaryOperator<byte[]> answers) {
        this.datagrams = datagrams;
        this.connections = connections;
        daemon("UDP", () -> answerDatagram(answers));
        daemon("TCP", () -> answerConnection(answers));
    }

    /** In a place, with sockets of a user. */
    static NameServer in(Namespace place, int user, String address, int port, UnaryOperator<byte[]> answers) {
        InetSocketAddress where = new InetSocketAddress(address, port);
        return place.as(user, () -> {
            ServerSocket connections = new ServerSocket();
            connections.bind(where);
            return new NameServer(new DatagramSocket(where), connections, answers);
        });
    }

    /** {@code UDP} or {@code TCP} and a name, for each question. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    private interface Work {
        void run() throws IOException;
    }

    private void daemon(String name, Work work) {
        Thread.ofPlatform().daemon().name("name server " + name).start(() -> {
            try {
                while (true) {
                    work.run();
                }
            } catch (IOException e) {
                if (!datagrams.isClosed()) {
                    throw new IllegalStateException(e);
                }
            }
        });
    }

    private void answerDatagram(UnaryOperator<byte[]> answers) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[LONGEST], LONGEST);
        datagrams.receive(packet);
        byte[] question = java.util.Arrays.copyOf(packet.getData(), packet.getLength());
        asked.add("UDP " + DnsMessage.name(question));
        byte[] answer = answers.apply(question);
        datagrams.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
    }

    private void answerConnection(UnaryOperator<byte[]> answers) throws IOException {
        try (Socket client = connections.accept()) {
            byte[] question = read(client);
            asked.add("TCP " + DnsMessage.name(question));
            write(client, answers.apply(question));
        }
    }

    /** What another server answers, asked from a place and by a user. */
    static byte[] ask(Namespace from, int user, String protocol, String server, byte[] question) {
        return from.as(user, () -> {
            if (protocol.equals("TCP")) {
                try (Socket socket = new Socket(server, 53)) {
                    socket.setSoTimeout(10_000);
                    write(socket, question);
                    return read(socket);
                }
            }
            // Connected: an answer that comes from another address than was asked is not received.
            try (DatagramSocket socket = new DatagramSocket()) {
                socket.setSoTimeout(10_000);
                socket.connect(InetAddress.getByName(server), 53);
                socket.send(new DatagramPacket(question, question.length));
                DatagramPacket answer = new DatagramPacket(new byte[LONGEST], LONGEST);
                socket.receive(answer);
                return java.util.Arrays.copyOf(answer.getData(), answer.getLength());
            }
        });
    }

    private static byte[] read(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        return in.readNBytes(in.readUnsignedShort());
    }

    private static void write(Socket socket, byte[] message) throws IOException {
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeShort(message.length);
        out.write(message);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        datagrams.close();
        connections.close();
    }
}
