package dev.sidecarinjector.injection.yaml;

/** Turns the parser's counting in code points into indexes of characters; asked with rising positions. */
final class Positions {
    private final String text;
    private int codePoint;
    private int index;
    private final boolean same;

    Positions(String text) {
        this.text = text;
        boolean plain = true;
        for (int i = 0; i < text.length() && plain; i++) {
            plain = !Character.isSurrogate(text.charAt(i));
        }
        same = plain;
    }

    int charIndex(int codePoints) {
        if (same) {
            return codePoints;
        }
        index = text.offsetByCodePoints(index, codePoints - codePoint);
        codePoint = codePoints;
        return index;
    }
}
