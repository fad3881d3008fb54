/** Where the configuration comes from, and how a new one takes the place of the old: whole, or not at all. */
@NullMarked
package dev.sidecarinjector.webhook.config;

import org.jspecify.annotations.NullMarked;
