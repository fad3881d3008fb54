/** Why a pod is injected or not, from the webhook's registration to the last setting, and what would change the verdict. */
@NullMarked
package dev.sidecarinjector.injection.explanation;

import org.jspecify.annotations.NullMarked;
