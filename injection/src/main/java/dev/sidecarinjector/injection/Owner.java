package dev.sidecarinjector.injection;

/** The workload that a pod belongs to; an unknown namespace is the empty string. */
public record Owner(String apiVersion, String kind, String name, String namespace) {}
