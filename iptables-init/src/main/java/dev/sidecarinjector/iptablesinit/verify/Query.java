package dev.sidecarinjector.iptablesinit.verify;

/** A query for the name "invalid", which no server knows (RFC 6761), in case one gets it. */
final class Query {
    private static final int ID = 1;
    private static final byte[] REST = {1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 7, 'i', 'n', 'v', 'a', 'l', 'i', 'd', 0, 0, 1, 0, 1};

    private Query() {}

    /**
     * The query.
     *
     * @param byGroup which of our two agents is to answer
     */
    static byte[] bytes(boolean byGroup) {
        byte[] query = new byte[2 + REST.length];
        query[ID] = (byte) (byGroup ? 1 : 0);
        System.arraycopy(REST, 0, query, 2, REST.length);
        return query;
    }

    static boolean wantsGroup(byte[] query) {
        return query.length > ID && query[ID] == 1;
    }
}
