package dev.sidecarinjector.gotemplate;

/** The verbs x and X of a string: its bytes in hexadecimal. */
final class HexText {
    private HexText() {}

    static void print(StringBuilder out, Flags flags, String text, boolean upper) {
        String digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
        String prefix = upper ? "0X" : "0x";
        byte[] bytes = Utf8.bytes(text);
        int count = flags.precision == Flags.ABSENT ? bytes.length : Math.min(flags.precision, bytes.length);
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < count; i++) {
            hex.append(flags.space && i > 0 ? " " : "");
            hex.append(flags.sharp && (i == 0 || flags.space) ? prefix : "");
            hex.append(digits.charAt(bytes[i] >> 4 & 0xF)).append(digits.charAt(bytes[i] & 0xF));
        }
        flags.pad(out, hex);
    }
}
