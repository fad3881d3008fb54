package dev.sidecarinjector.capture.proof;

/** What becomes of a connection or a query. */
public enum Fate {
    /** It arrives at the proxy's outbound port, which can tell where it was going. */
    OUTBOUND,
    /** It arrives at the proxy's inbound port, which can tell where it was going. */
    INBOUND,
    /** It arrives at the proxy's inbound port with both of its addresses unchanged. */
    HANDED_OVER,
    /** It arrives at the agent's port for DNS, and the answer seems to come from the server that was asked. */
    AGENT,
    /** Nobody gets it. */
    DROPPED,
    /** It goes where it was going. */
    UNTOUCHED
}
