package dev.sidecarinjector.injection.registration;

import dev.sidecarinjector.injection.cel.Truth;

/**
 * One check of a webhook's entry.
 *
 * @param name   {@code rules}, {@code namespaceSelector}, {@code objectSelector}, or a match condition's name
 * @param truth  whether it lets the request through to the webhook
 * @param detail what was asked for and what was found, for a person
 */
public record Check(String name, Truth truth, String detail) {}
