/** The cluster as the injector sees it: the client, and what watches keep in memory so that no admission has to ask. */
@NullMarked
package dev.sidecarinjector.webhook.cluster;

import org.jspecify.annotations.NullMarked;
