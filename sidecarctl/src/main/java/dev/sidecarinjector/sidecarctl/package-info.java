/** The command line: flags, files and exit codes around the engine. */
@NullMarked
package dev.sidecarinjector.sidecarctl;

import org.jspecify.annotations.NullMarked;
