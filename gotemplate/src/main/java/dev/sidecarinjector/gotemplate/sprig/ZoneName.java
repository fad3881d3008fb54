package dev.sidecarinjector.gotemplate.sprig;

/** The abbreviation of a time zone: mostly three to five capitals, or {@code GMT} with hours, or hours alone. */
final class ZoneName {
    private ZoneName() {}

    /** How many characters of it stand at the start of a text; 0 for none. */
    static int length(String value) {
        if (value.startsWith("ChST") || value.startsWith("MeST") || value.startsWith("WITA")) {
            return 4;
        }
        if (value.startsWith("GMT")) {
            return 3 + signedHours(value.substring(3));
        }
        if (value.startsWith("+") || value.startsWith("-")) {
            return value.length() < 3 ? 0 : signedHours(value);
        }
        int capitals = 0;
        while (capitals < 6 && capitals < value.length() && value.charAt(capitals) >= 'A' && value.charAt(capitals) <= 'Z') {
            capitals++;
        }
        boolean known = capitals == 3 || ((capitals == 4 || capitals == 5) && value.charAt(capitals - 1) == 'T');
        return known ? capitals : 0;
    }

    private static int signedHours(String value) {
        int end = 1;
        while (end < value.length() && value.charAt(end) >= '0' && value.charAt(end) <= '9') {
            end++;
        }
        boolean hours = end > 1 && end < 11 && "+-".indexOf(value.charAt(0)) >= 0 && Long.parseLong(value, 1, end, 10) <= 23;
        return hours ? end : 0;
    }
}
