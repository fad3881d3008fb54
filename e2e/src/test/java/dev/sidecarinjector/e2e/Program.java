package dev.sidecarinjector.e2e;

import dev.sidecarinjector.webhook.SidecarInjector;

/** What the webhook of this build can do. */
final class Program {
    private Program() {}

    static boolean knows(String option) {
        return SidecarInjector.commandLine().getCommandSpec().findOption(option) != null;
    }
}
