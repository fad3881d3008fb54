package dev.sidecarinjector.capture.state;

import java.util.OptionalLong;

/** Numbers of names, which the kernel keeps instead of them. */
public interface Names {
    /** What a name may be of. */
    enum Kind {
        USER, GROUP, SERVICE
    }

    /** Knows none: names in rules are compared as they are. */
    Names NONE = (_, _) -> OptionalLong.empty();

    /** The number of a name. */
    OptionalLong number(Kind kind, String name);
}
