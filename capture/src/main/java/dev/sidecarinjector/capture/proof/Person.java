package dev.sidecarinjector.capture.proof;

/** The user and group as whom a socket is opened. */
public record Person(long uid, long gid) {
    @Override
    public String toString() {
        return "user " + uid + ", group " + gid;
    }
}
