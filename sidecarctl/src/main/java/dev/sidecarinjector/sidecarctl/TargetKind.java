package dev.sidecarinjector.sidecarctl;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What can be named as TYPE/NAME, in kubectl's spellings, and where the API server keeps it. */
enum TargetKind {
    POD("/api/v1", "pods pod po"), //
    DEPLOYMENT("/apis/apps/v1", "deployments deployment deploy"), //
    REPLICA_SET("/apis/apps/v1", "replicasets replicaset rs"), //
    STATEFUL_SET("/apis/apps/v1", "statefulsets statefulset sts"), //
    DAEMON_SET("/apis/apps/v1", "daemonsets daemonset ds"), //
    JOB("/apis/batch/v1", "jobs job"), //
    CRON_JOB("/apis/batch/v1", "cronjobs cronjob cj"), //
    REPLICATION_CONTROLLER("/api/v1", "replicationcontrollers replicationcontroller rc"), //
    DEPLOYMENT_CONFIG("/apis/apps.openshift.io/v1", "deploymentconfigs deploymentconfig dc");

    private final String group;
    private final String names;

    /** @param names separated by blanks, the one in paths first */
    TargetKind(String group, String names) {
        this.group = group;
        this.names = names;
    }

    /**
     * The path of what is named.
     *
     * @throws CommandFailure where it is no TYPE/NAME
     */
    static String path(String named, String namespace) {
        int slash = named.indexOf('/');
        String type = slash < 0 ? "" : named.substring(0, slash).toLowerCase(Locale.ROOT);
        String name = named.substring(slash + 1);
        if (!name.matches("[a-z0-9]([-a-z0-9.]*[a-z0-9])?")) {
            throw new CommandFailure(ExitStatus.USAGE,
                    "\"" + named + "\" names no object; write TYPE/NAME, such as pod/web-1 or deployment/web");
        }
        for (TargetKind kind : values()) {
            // A version and a group may follow a type: deployments.apps
            List<String> known = Arrays.asList(kind.names.split(" ", -1));
            if (known.contains(type.replaceFirst("\\..*", ""))) {
                return kind.group + "/namespaces/" + namespace + "/" + known.getFirst() + "/" + name;
            }
        }
        throw new CommandFailure(ExitStatus.USAGE, "\"" + named + "\" has no type that has pods; write TYPE/NAME, such as pod/web-1 or"
                + " deployment/web");
    }
}
