/** What is known of the Kubernetes types: fields, types, merge keys; and the view that a Go template has of them. */
@NullMarked
package dev.sidecarinjector.injection.schema;

import org.jspecify.annotations.NullMarked;
