package dev.sidecarinjector.iptablesinit.socket;

/**
 * As whom this thread opens sockets: the kernel remembers that user and group of each socket, and rules ask for them. Nothing else of the process changes; other
 * threads act on.
 */
public final class Acting implements AutoCloseable {
    private static final int NOBODY = -1;

    private final int uid;
    private final int gid;

    private Acting(int uid, int gid) {
        this.uid = uid;
        this.gid = gid;
    }

    /**
     * Until it is closed, by the same thread.
     *
     * @throws SystemError where it needs CAP_SETUID or CAP_SETGID and this process has neither
     */
    public static Acting as(long uid, long gid) throws SystemError {
        Acting before = new Acting(change("setfsuid", NOBODY), change("setfsgid", NOBODY));
        // The group first, since the right to change it may go with the user.
        change("setfsgid", (int) gid);
        change("setfsuid", (int) uid);
        // The calls do not say whether they did anything, and give what was before. An id that is none changes nothing.
        if (change("setfsuid", NOBODY) != (int) uid || change("setfsgid", NOBODY) != (int) gid) {
            before.close();
            throw new SystemError("acting as user " + Long.toString(uid) + " and group " + Long.toString(gid), Libc.EPERM,
                    "CAP_SETUID and CAP_SETGID are missing");
        }
        return before;
    }

    /** The user of this thread. */
    public static long uid() {
        return Integer.toUnsignedLong(change("setfsuid", NOBODY));
    }

    /** The group of this thread. */
    public static long gid() {
        return Integer.toUnsignedLong(change("setfsgid", NOBODY));
    }

    private static int change(String function, int id) {
        return Libc.value(function, id);
    }

    @Override
    public void close() {
        change("setfsuid", uid);
        change("setfsgid", gid);
    }
}
