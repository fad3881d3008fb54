package dev.sidecarinjector.iptablesinit;

import dev.sidecarinjector.iptablesinit.log.Log;
import dev.sidecarinjector.iptablesinit.system.Child;
import dev.sidecarinjector.iptablesinit.system.NetworkNamespace;

/**
 * What the JDK sets up when it is used for the first time, set up beside the reading of the command line: together a fifth of a run. What is set up in vain does no
 * harm.
 */
final class HeadStart implements Runnable {
    private HeadStart() {}

    /** The thread that does it; nobody needs to wait for it. */
    static Thread begin() {
        Thread thread = new Thread(new HeadStart(), "head start");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** In the order in which a run needs it. */
    @Override
    public void run() {
        Child.prepare();
        Log.prepare();
        NetworkNamespace.isHosts();
        Child.prepareLogger();
    }
}
