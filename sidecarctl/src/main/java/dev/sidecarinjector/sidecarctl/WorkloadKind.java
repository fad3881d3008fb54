package dev.sidecarinjector.sidecarctl;

import org.jspecify.annotations.Nullable;

/** The kinds whose pods are injected, known by name whatever their apiVersion. */
public enum WorkloadKind {
    POD, REPLICATION_CONTROLLER, DEPLOYMENT, DAEMON_SET, REPLICA_SET, STATEFUL_SET, JOB, CRON_JOB, DEPLOYMENT_CONFIG;

    public static @Nullable WorkloadKind of(String kind) {
        return switch (kind) {
            case "Pod" -> POD;
            case "ReplicationController" -> REPLICATION_CONTROLLER;
            case "Deployment" -> DEPLOYMENT;
            case "DaemonSet" -> DAEMON_SET;
            case "ReplicaSet" -> REPLICA_SET;
            case "StatefulSet" -> STATEFUL_SET;
            case "Job" -> JOB;
            case "CronJob" -> CRON_JOB;
            case "DeploymentConfig" -> DEPLOYMENT_CONFIG;
            default -> null;
        };
    }

    /** Where Kubernetes lets the pod template be missing, there is nothing to inject. */
    boolean templateIsOptional() {
        return this == REPLICATION_CONTROLLER || this == DEPLOYMENT_CONFIG;
    }
}
