package dev.sidecarinjector.e2e.path;

import dev.sidecarinjector.iptablesinit.lab.Lab;
import dev.sidecarinjector.iptablesinit.lab.Lab.Place;
import dev.sidecarinjector.iptablesinit.socket.Acting;
import dev.sidecarinjector.iptablesinit.socket.NamespaceThread;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** A place of the lab in which code of a test opens its sockets; where a socket was opened, it stays. */
record Namespace(String name) {
    static Namespace of(Lab lab, Place place) {
        return new Namespace(lab.namespace(place));
    }

    /** What work yields in this namespace, as an application's user. */
    <T> T in(Callable<T> work) {
        return as(Lab.USER, work);
    }

    /** What work yields in this namespace; its sockets belong to a user and the group of the same number. */
    <T> T as(int user, Callable<T> work) {
        return begin(user, work).join();
    }

    /** Begins work in this namespace. */
    <T> CompletableFuture<T> begin(int user, Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                NamespaceThread.enter(name);
                // Ends with the thread.
                Acting.as(user, user);
                result.complete(work.call());
            } catch (Exception | Error e) {
                result.completeExceptionally(e);
            }
        }, "in " + name);
        thread.setDaemon(true);
        thread.start();
        return result;
    }
}
