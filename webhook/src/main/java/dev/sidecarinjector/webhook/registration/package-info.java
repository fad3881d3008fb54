/** Keeps the cluster's side in order: the Secret with the certificates, the registrations that trust them, and who may write both. */
@NullMarked
package dev.sidecarinjector.webhook.registration;

import org.jspecify.annotations.NullMarked;
