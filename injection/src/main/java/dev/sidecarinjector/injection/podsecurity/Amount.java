package dev.sidecarinjector.injection.podsecurity;

import java.math.BigDecimal;
import java.util.Map;

/** The number that a Kubernetes quantity stands for. */
final class Amount {
    private static final BigDecimal KIBI = BigDecimal.valueOf(1024);
    private static final Map<String, BigDecimal> UNITS = Map.ofEntries(Map.entry("", BigDecimal.ONE),
            Map.entry("n", BigDecimal.ONE.movePointLeft(9)),
            Map.entry("u", BigDecimal.ONE.movePointLeft(6)), Map.entry("m", BigDecimal.ONE.movePointLeft(3)),
            Map.entry("k", BigDecimal.ONE.movePointRight(3)), Map.entry("M", BigDecimal.ONE.movePointRight(6)),
            Map.entry("G", BigDecimal.ONE.movePointRight(9)), Map.entry("T", BigDecimal.ONE.movePointRight(12)),
            Map.entry("P", BigDecimal.ONE.movePointRight(15)), Map.entry("E", BigDecimal.ONE.movePointRight(18)), Map.entry("Ki", KIBI),
            Map.entry("Mi", KIBI.pow(2)), Map.entry("Gi", KIBI.pow(3)), Map.entry("Ti", KIBI.pow(4)), Map.entry("Pi", KIBI.pow(5)),
            Map.entry("Ei", KIBI.pow(6)));

    private Amount() {}

    /** Zero for a text that is no quantity. */
    static BigDecimal of(String text) {
        String quantity = text.strip();
        int end = quantity.length();
        while (end > 0 && Character.isLetter(quantity.charAt(end - 1))) {
            end--;
        }
        BigDecimal unit = UNITS.get(quantity.substring(end));
        try {
            // 1e3 has its exponent among the digits: nothing is cut off there.
            return unit == null ? BigDecimal.ZERO : new BigDecimal(quantity.substring(0, end)).multiply(unit);
        } catch (NumberFormatException _) {
            return BigDecimal.ZERO;
        }
    }
}
