package dev.sidecarinjector.iptablesinit.verify;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.address.IpAddress;
import dev.sidecarinjector.capture.proof.Expectation;
import dev.sidecarinjector.capture.proof.Expectation.Check;
import dev.sidecarinjector.capture.proof.Expectation.Untried;
import dev.sidecarinjector.capture.proof.Expectations;
import dev.sidecarinjector.capture.proof.Fate;
import dev.sidecarinjector.capture.proof.Person;
import dev.sidecarinjector.capture.proof.Probe;
import dev.sidecarinjector.capture.rules.Protocol;
import dev.sidecarinjector.capture.settings.CaptureSettings;
import dev.sidecarinjector.iptablesinit.socket.Acting;
import dev.sidecarinjector.iptablesinit.socket.SystemError;
import dev.sidecarinjector.iptablesinit.system.NumbersOfNames;
import dev.sidecarinjector.iptablesinit.verify.Listeners.Taken;
import dev.sidecarinjector.iptablesinit.verify.Outcome.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes all the connections that settings promise something of, some at a time, against stand-ins for the proxy, the agent and the application. */
public final class Verification {
    private static final int AT_A_TIME = 8;
    private static final Patience PATIENCE = new Patience(Duration.ofMillis(1000), Duration.ofMillis(300));

    private final CaptureSettings settings;
    private final List<IpAddress> own;
    private final Patience patience;

    /**
     * How long to wait.
     *
     * @param captured  for what should be captured, which happens within this machine
     * @param untouched for what should not; nobody else need answer
     */
    public record Patience(Duration captured, Duration untouched) {}

    /** Nothing can be checked, with the reason and what to do. */
    public static final class Unable extends Exception {
        private static final long serialVersionUID = 1;

        Unable(String message) {
            super(message);
        }
    }

    /**
     * For this network namespace.
     *
     * @param own the pod's addresses
     */
    public Verification(CaptureSettings settings, List<IpAddress> own) {
        this(settings, own, PATIENCE);
    }

    public Verification(CaptureSettings settings, List<IpAddress> own, Patience patience) {
        this.settings = Numbers.of(settings, new NumbersOfNames());
        this.own = own;
        this.patience = patience;
    }

    /** All checks, in an order that does not change; at the end of {@code --probe-timeout} those that are not done have failed. */
    public Report run() throws Unable {
        long end = System.nanoTime() + settings.work().probeTimeout().toNanos();
        Person me = new Person(Acting.uid(), Acting.gid());
        Greeting greeting = Greeting.random();
        List<Expectation> expectations = Expectations.of(settings, own, me);
        try (Listeners listeners = new Listeners(settings, greeting, Expectations.proxyUser(settings, me),
                Expectations.proxyGroup(settings, me), applicationPorts(expectations));
                Neighbour neighbour = Neighbour.moveIn(settings.network().ipv6());
                ExecutorService callers = Executors.newFixedThreadPool(AT_A_TIME, Verification::daemon)) {
            Client client = new Client(greeting, neighbour, Expectations.application(settings, me), mark());
            List<Future<Outcome>> pending = new ArrayList<>();
            for (Expectation expectation : expectations) {
                Callable<Outcome> work = () -> outcome(expectation, client, listeners, neighbour);
                pending.add(callers.submit(work));
            }
            List<Outcome> outcomes = new ArrayList<>();
            for (int i = 0; i < pending.size(); i++) {
                outcomes.add(await(pending.get(i), expectations.get(i), end));
            }
            callers.shutdownNow();
            return new Report(outcomes);
        } catch (Taken e) {
            throw new Unable(String.valueOf(e.getMessage()));
        } catch (SystemError e) {
            throw new Unable(
                    "cannot listen in the proxy's place: " + e.getMessage() + (e.isForbidden() ? ": TPROXY needs CAP_NET_ADMIN" : ""));
        } catch (NumberFormatException _) {
            throw new Unable("the proxy's ports are names: verify with their numbers");
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "caller");
        thread.setDaemon(true);
        return thread;
    }

    private static Outcome await(Future<Outcome> pending, Expectation expectation, long end) {
        try {
            return pending.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            pending.cancel(true);
            return new Outcome(Verdict.FAILED, expectation.subject(), "an answer in time", "the time is up (--probe-timeout)", "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private long mark() {
        try {
            return Long.decode(settings.inbound().mark());
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    /** Where something is to arrive untouched, somebody has to be. */
    private Set<Integer> applicationPorts(List<Expectation> expectations) {
        Set<Integer> ports = new HashSet<>();
        for (Expectation expectation : expectations) {
            if (expectation instanceof Check check && check.fate() == Fate.UNTOUCHED && isHere(check.probe())) {
                ports.add(check.probe().port());
            }
        }
        return ports;
    }

    private boolean isHere(Probe probe) {
        return probe.protocol() == Protocol.TCP && (probe.destination().isLoopback() || own.contains(probe.destination()));
    }

    private Outcome outcome(Expectation expectation, Client client, Listeners listeners, Neighbour neighbour) {
        return switch (expectation) {
            case Untried(String subject, String reason) -> new Outcome(Verdict.NOT_CHECKED, subject, "", reason, "");
            case Check check -> outcome(check, client, listeners, neighbour);
        };
    }

    private Outcome outcome(Check check, Client client, Listeners listeners, Neighbour neighbour) {
        Probe probe = check.probe();
        Family family = probe.family();
        boolean ours = isHere(probe) && listeners.hasApplication(family, probe.port());
        Judge judge = new Judge(settings, check, ours);
        String missing = probe.isInbound() ? neighbour.missing(family) : "";
        if (check.fate() == Fate.AGENT && probe.protocol() == Protocol.UDP && !listeners.answersAs(probe.manner())) {
            missing = "only answers of the agent's user arrive: CAP_SETUID and CAP_SETGID are missing";
        }
        if (!missing.isEmpty()) {
            return new Outcome(Verdict.NOT_CHECKED, check.subject(), judge.expected(), missing, check.reason());
        }
        Duration time = check.fate() == Fate.DROPPED || (check.fate() == Fate.UNTOUCHED && !ours)
                ? patience.untouched()
                : patience.captured();
        Seen seen = client.make(probe, time);
        if (judge.verdict(seen) != Verdict.OK) {
            // A packet may get lost on a busy machine; rules do the same each time.
            seen = client.make(probe, time);
        }
        return new Outcome(judge.verdict(seen), check.subject(), judge.expected(), seen.words(), check.reason());
    }
}
