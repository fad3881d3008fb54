package dev.sidecarinjector.e2e.path;

import dev.sidecarinjector.iptablesinit.lab.Lab;
import dev.sidecarinjector.iptablesinit.lab.Lab.Place;

/** Two injected pods with their proxies, and the world between them; an application for HTTP in each of the three. */
record TwoPods(Lab lab, Sidecar first, Sidecar second, Namespace world, HttpApp firstApp, HttpApp secondApp,
        HttpApp worldApp) implements AutoCloseable {
    static TwoPods with(InjectedPod first, InjectedPod second) {
        Envoy.program();
        Lab lab = Lab.twoPods();
        Namespace world = Namespace.of(lab, Place.WORLD);
        return new TwoPods(lab, Sidecar.in(lab, Place.POD, first), Sidecar.in(lab, Place.POD2, second), world,
                HttpApp.in(Namespace.of(lab, Place.POD), "first"), HttpApp.in(Namespace.of(lab, Place.POD2), "second"),
                HttpApp.in(world, "world"));
    }

    @Override
    public void close() {
        firstApp.close();
        secondApp.close();
        worldApp.close();
        first.close();
        second.close();
        lab.close();
    }
}
