package dev.sidecarinjector.webhook.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** A way to a server that can lose it: then connections are accepted and stay open, bytes are taken, and nothing ever comes back. */
final class BlackHole implements AutoCloseable {
    private final ServerSocket door;
    private final int target;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicLong swallowed = new AtomicLong();
    private final CountDownLatch never = new CountDownLatch(1);
    private volatile boolean open;

    BlackHole(int target, boolean open) {
        this.target = target;
        this.open = open;
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** From now on nothing gets through, on old connections and on new ones. */
    void swallow() {
        open = false;
    }

    /** Bytes that were sent into it. */
    long swallowed() {
        return swallowed.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(client);
                sockets.add(server);
                Thread.ofVirtual().start(() -> copy(client, server, true));
                Thread.ofVirtual().start(() -> copy(server, client, false));
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void copy(Socket from, Socket to, boolean question) {
        byte[] buffer = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (open) {
                    out.write(buffer, 0, n);
                } else if (question) {
                    swallowed.addAndGet(n);
                }
            }
            if (!open) {
                never.await();
            }
            to.close();
        } catch (IOException | InterruptedException _) {
            // closed
        }
    }

    @Override
    public void close() throws IOException {
        never.countDown();
        door.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
