/** The injection templates and default settings that ship. */
package dev.sidecarinjector.templates;
