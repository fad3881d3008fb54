/** The part of JSON Schema that describes the values: read once, then asked what is wrong with a tree. */
@NullMarked
package dev.sidecarinjector.injection.jsonschema;

import org.jspecify.annotations.NullMarked;
