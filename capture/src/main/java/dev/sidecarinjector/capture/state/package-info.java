/** What is loaded: read, brought to one form, compared, and the transaction that turns it into what is wanted. */
@NullMarked
package dev.sidecarinjector.capture.state;

import org.jspecify.annotations.NullMarked;
