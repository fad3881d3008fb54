package dev.sidecarinjector.iptablesinit.validate;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.address.IpAddress;
import dev.sidecarinjector.capture.settings.CaptureSettings;
import dev.sidecarinjector.iptablesinit.log.Log;
import dev.sidecarinjector.iptablesinit.socket.Endpoint;
import dev.sidecarinjector.iptablesinit.socket.NativeSocket;
import dev.sidecarinjector.iptablesinit.socket.SystemError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Listens at the proxy's ports and connects to the address that the proxy's own connections to its pod have (spec section 9): a connection that arrives, and was
 * going to the probe port, proves that rules are there. As another user than the proxy's it can only fail.
 */
public final class Validation {
    private static final Duration BETWEEN_CONNECTIONS = Duration.ofSeconds(1);
    private static final IpAddress LOOPBACK = new IpAddress(Family.IPV4, 0, 0x7f00_0001L);
    private static final IpAddress SELF = new IpAddress(Family.IPV4, 0, 0x7f00_0006L);
    private static final IpAddress LOOPBACK6 = new IpAddress(Family.IPV6, 0, 1);
    private static final IpAddress SELF6 = new IpAddress(Family.IPV6, 0, 6);
    private final Log log;
    private final CaptureSettings settings;
    private final boolean ipv4;
    private final int probePort;
    private final CountDownLatch proven = new CountDownLatch(1);

    public Validation(Log log, CaptureSettings settings) {
        this.log = log;
        this.settings = settings;
        ipv4 = settings.network().host().family() == Family.IPV4;
        probePort = settings.work().probePort();
    }

    /** Whether the rules were proven within {@code --probe-timeout}; the log has the reason. */
    public boolean run() {
        // The time runs from here, whatever else takes how long.
        long end = System.nanoTime() + settings.work().probeTimeout().toNanos();
        String failure = failure(end);
        if (failure.isEmpty()) {
            log.info("Validation passed, iptables rules established");
            return true;
        }
        log.error(failure);
        log.error(advice());
        return false;
    }

    /** The first line is the reference implementation's, which people search for. */
    private String advice() {
        return """
            iptables validation failed; workload is not ready for Istio.
            Connections of this pod do not reach its proxy: the rules of traffic capture are not loaded in the pod's network namespace.
            When Istio CNI is used, the pod was probably started before the CNI plugin was ready on its node, or the plugin failed:
              - look at the logs of the CNI plugin on the node of this pod, and at its configuration in /etc/cni/net.d;
              - delete the pod, so that it is set up anew, or let the plugin's repair controller do it.
            When an init container loads the rules, look at that container's log.
            This check must run as a user of the proxy, the same as the rules name:\s""" + String.join(", ", settings.proxy().uids());
    }

    /** Empty where the rules are proven. */
    private String failure(long end) {
        List<NativeSocket> listeners = new ArrayList<>(2);
        for (String port : List.of(settings.proxy().outboundPort(), settings.proxy().inboundPort())) {
            try {
                listeners.add(listen(Integer.parseInt(port)));
            } catch (SystemError | NumberFormatException e) {
                log.error("cannot listen at port " + port + ": " + e.getMessage());
            }
        }
        if (listeners.isEmpty()) {
            return "no port of the proxy can be listened at: is the proxy running already?";
        }
        for (NativeSocket listener : listeners) {
            background("listener", () -> serve(listener));
        }
        background("client", this::connect);
        try {
            return proven.await(end - System.nanoTime(), TimeUnit.NANOSECONDS) ? "" : "validation timeout";
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private NativeSocket listen(int port) throws SystemError {
        NativeSocket socket = NativeSocket.tcp(ipv4 ? Family.IPV4 : Family.IPV6);
        try {
            return socket.reuseAddress().reusePort().bind(new Endpoint(ipv4 ? LOOPBACK : LOOPBACK6, port)).listen();
        } catch (SystemError e) {
            socket.close();
            throw e;
        }
    }

    private static void background(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        // The process does not wait for it.
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(NativeSocket listener) {
        while (proven.getCount() > 0) {
            try (NativeSocket connection = listener.accept()) {
                answer(connection);
            } catch (SystemError e) {
                log.error("validation: " + e.getMessage());
                pause();
            }
        }
    }

    private void answer(NativeSocket connection) throws SystemError {
        int port;
        try {
            port = connection.originalDestination().port();
        } catch (SystemError e) {
            // Not redirected: somebody connected to the port itself.
            log.debug("validation: " + e.getMessage());
            return;
        }
        if (port == probePort) {
            proven.countDown();
        }
        connection.send(Integer.toString(port).getBytes(StandardCharsets.US_ASCII));
    }

    private void connect() {
        Endpoint from = new Endpoint(ipv4 ? LOOPBACK : LOOPBACK6, 0);
        Endpoint to = new Endpoint(ipv4 ? SELF : SELF6, probePort);
        while (proven.getCount() > 0) {
            try (NativeSocket socket = NativeSocket.tcp(ipv4 ? Family.IPV4 : Family.IPV6)) {
                socket.patience(BETWEEN_CONNECTIONS).bind(from).connect(to);
            } catch (SystemError e) {
                log.debug("validation: " + to + ": " + e.getMessage());
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_CONNECTIONS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
