/** The certificate that the port shows: given in a folder, or made here. */
@NullMarked
package dev.sidecarinjector.webhook.certificate;

import org.jspecify.annotations.NullMarked;
