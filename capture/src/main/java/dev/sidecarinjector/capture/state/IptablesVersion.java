package dev.sidecarinjector.capture.state;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code iptables-save --version} says.
 *
 * @param number dotted, {@code 0.0.0} if unknown
 * @param nft    whether the program writes nftables
 */
public record IptablesVersion(String number, boolean nft) {
    private static final Pattern NUMBER = Pattern.compile("v(\\d+(?:\\.\\d+)+)");

    /** From the program's output; programs that are too old for the option are of the legacy kind. */
    public static IptablesVersion parse(String output) {
        Matcher matcher = NUMBER.matcher(output);
        return new IptablesVersion(matcher.find() ? matcher.group(1) : "0.0.0", output.contains("nf_tables"));
    }

    /** Whether it is this version or a later one. */
    public boolean isAtLeast(String other) {
        int[] own = parts(number);
        int[] least = parts(other);
        int difference = Arrays.mismatch(own, least);
        return difference < 0 || difference >= least.length || (difference < own.length && own[difference] > least[difference]);
    }

    private static int[] parts(String number) {
        return Arrays.stream(number.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
    }
}
