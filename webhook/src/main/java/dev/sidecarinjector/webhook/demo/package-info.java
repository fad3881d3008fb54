/** What {@code ./demo} shows once the webhook runs. No part of the product uses it. */
@NullMarked
package dev.sidecarinjector.webhook.demo;

import org.jspecify.annotations.NullMarked;
