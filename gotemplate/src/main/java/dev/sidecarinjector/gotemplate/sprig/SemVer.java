package dev.sidecarinjector.gotemplate.sprig;

import dev.sidecarinjector.gotemplate.Call;
import dev.sidecarinjector.gotemplate.Function;
import org.jspecify.annotations.Nullable;

/** Functions about semantic versions. */
final class SemVer {
    private SemVer() {}

    static @Nullable Function find(String name) {
        return switch (name) {
            case "semver" -> SemVer::parse;
            case "semverCompare" -> SemVer::compare;
            default -> null;
        };
    }

    private static Object parse(Call call) {
        Arguments.exactly(call, 1);
        Arguments.text(call, 0);
        return Version.parse(call.argument(0));
    }

    /** Whether a version fulfils a constraint. */
    private static Object compare(Call call) {
        Arguments.exactly(call, 2);
        Arguments.text(call, 0);
        Arguments.text(call, 1);
        VersionConstraints constraints = VersionConstraints.parse(String.valueOf(call.argument(0)));
        return constraints.accept(Version.parse(call.argument(1)));
    }
}
