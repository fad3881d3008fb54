/** HTTPS: Tomcat, the servlets, the metrics, the warm-up. */
@NullMarked
package dev.sidecarinjector.webhook.server;

import org.jspecify.annotations.NullMarked;
