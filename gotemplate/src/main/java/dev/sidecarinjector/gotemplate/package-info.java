/** Go's text/template and the Sprig functions: parse once to an immutable tree, render many times from many threads. */
@NullMarked
package dev.sidecarinjector.gotemplate;

import org.jspecify.annotations.NullMarked;
