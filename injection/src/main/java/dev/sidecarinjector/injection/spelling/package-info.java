/** What somebody may have meant who wrote a word that is not known. */
@NullMarked
package dev.sidecarinjector.injection.spelling;

import org.jspecify.annotations.NullMarked;
