/** Whether the API server asks a webhook about a pod: the entries of a MutatingWebhookConfiguration, evaluated one check after the other. */
@NullMarked
package dev.sidecarinjector.injection.registration;

import org.jspecify.annotations.NullMarked;
