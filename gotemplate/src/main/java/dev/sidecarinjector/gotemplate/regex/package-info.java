/** Go's regular expressions (RE2 syntax), matched in time linear in the text. */
@NullMarked
package dev.sidecarinjector.gotemplate.regex;

import org.jspecify.annotations.NullMarked;
