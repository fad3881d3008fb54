package dev.sidecarinjector.capture.state;

import dev.sidecarinjector.capture.rules.Why;

/**
 * One line of a plan. Tables and chains are named as the back-end names them; rules are in the form in which they are compared.
 */
public sealed interface Change {
    String table();

    String chain();

    /** The rule is there, in its place. */
    record Keep(String table, String chain, String rule, Why why) implements Change {}

    /** The rule is missing. */
    record Add(String table, String chain, String rule, Why why) implements Change {}

    /** The rule is one of ours, but not wanted. */
    record Remove(String table, String chain, String rule) implements Change {}

    /** The rule is there, but before or after one that it should not precede or follow. */
    record OutOfOrder(String table, String chain, String rule, Why why) implements Change {}

    /** A chain of ours that is not wanted, with whatever is in it. */
    record RemoveChain(String table, String chain) implements Change {}
}
