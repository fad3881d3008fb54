package dev.sidecarinjector.iptablesinit.kernel;

import dev.sidecarinjector.iptablesinit.lab.SidecarPod;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;

/** Tests of a class share a pod, which each finds as if it were new. */
abstract class KernelTest {
    /** Which one, a class says before its first test. */
    static SidecarPod pod;

    @AfterAll
    static void stop() {
        if (pod != null) {
            pod.close();
            pod = null;
        }
    }

    @AfterEach
    void reset() {
        pod.reset();
    }
}
