/** What is seen of the webhook from outside: metrics, logs, spans. Nothing here changes an answer. */
@NullMarked
package dev.sidecarinjector.webhook.observe;

import org.jspecify.annotations.NullMarked;
