/** How the image is built. */
@org.jspecify.annotations.NullMarked
package dev.sidecarinjector.iptablesinit.image;
