package dev.sidecarinjector.capture.state;

/**
 * How often a loaded rule of ours has matched. In {@code nat} only the first packet of a connection is looked at, so that packets are connections there.
 *
 * @param rule   in the form in which rules are compared
 * @param intent what the rule is for, in a few words that name its port, prefix or account
 */
public record Hit(String table, String chain, String rule, String intent, long packets, long bytes) {}
