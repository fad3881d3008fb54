package dev.sidecarinjector.gotemplate.sprig;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** Go's way to say how a time is written: the reference time {@code Mon Jan 2 15:04:05 MST 2006} in the wanted form. */
record Layout(List<Part> parts) {
    /**
     * A part of a layout.
     *
     * @param text as it stands in the layout
     */
    record Part(Field field, String text) {}

    /** What stands for a piece of time, in the order in which it is looked for. */
    enum Field {
        LONG_MONTH("January"), MONTH("Jan"), LONG_WEEKDAY("Monday"), WEEKDAY("Mon"), ZONE("MST"), ZERO_MONTH("01"), ZERO_DAY(
                "02"), ZERO_HOUR_12("03"), ZERO_MINUTE("04"), ZERO_SECOND("05"), YEAR("06"), ZERO_YEAR_DAY("002"), HOUR("15"), NUM_MONTH(
                        "1"), LONG_YEAR("2006"), DAY("2"), UNDER_YEAR_DAY("__2"), UNDER_DAY("_2"), HOUR_12("3"), MINUTE("4"), SECOND(
                                "5"), PM("PM"), SMALL_PM("pm"), OFFSET_SECONDS("-070000"), OFFSET_COLON_SECONDS("-07:00:00"), OFFSET(
                                        "-0700"), OFFSET_COLON("-07:00"), OFFSET_HOUR("-07"), Z_SECONDS("Z070000"), Z_COLON_SECONDS(
                                                "Z07:00:00"), Z("Z0700"), Z_COLON("Z07:00"), Z_HOUR("Z07"), FRACTION(""), LITERAL("");

        private final String sign;

        Field(String sign) {
            this.sign = sign;
        }
    }

    private static final Field[] FIELDS = Field.values();
    private static final String[] MONTHS = {"January", "February", "March", "April", "May", "June", "July", "August", "September",
            "October", "November", "December"};
    private static final String[] WEEKDAYS = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};

    /** Its name, from 1. */
    static String month(int number) {
        return MONTHS[number - 1];
    }

    /** Its name, from 0 for Sunday. */
    static String weekday(int number) {
        return WEEKDAYS[number];
    }

    static Layout parse(String layout) {
        List<Part> parts = new ArrayList<>();
        int literal = 0;
        for (int at = 0; at < layout.length();) {
            Part part = part(layout, at);
            if (part.field == Field.LITERAL) {
                at += part.text.length();
                continue;
            }
            if (literal < at) {
                parts.add(new Part(Field.LITERAL, layout.substring(literal, at)));
            }
            parts.add(part);
            at += part.text.length();
            literal = at;
        }
        if (literal < layout.length()) {
            parts.add(new Part(Field.LITERAL, layout.substring(literal)));
        }
        return new Layout(parts);
    }

    private static Part part(String layout, int at) {
        char c = layout.charAt(at);
        if (c == '.' || c == ',') {
            int end = at + 1;
            while (end < layout.length() && layout.charAt(end) == layout.charAt(at + 1) && "09".indexOf(layout.charAt(end)) >= 0) {
                end++;
            }
            boolean digitFollows = end < layout.length() && Character.isDigit(layout.charAt(end));
            return end > at + 1 && !digitFollows ? new Part(Field.FRACTION, layout.substring(at, end)) : new Part(Field.LITERAL, ".");
        }
        for (Field field : FIELDS) {
            if (!field.sign.isEmpty() && layout.startsWith(field.sign, at) && stands(field, layout, at)) {
                return new Part(field, field.sign);
            }
        }
        return new Part(Field.LITERAL, "x");
    }

    /** Short names must not go on as a longer word; a year may follow an underscore. */
    private static boolean stands(Field field, String layout, int at) {
        return switch (field) {
            case MONTH, WEEKDAY -> at + 3 >= layout.length() || layout.charAt(at + 3) < 'a' || layout.charAt(at + 3) > 'z';
            case UNDER_DAY -> !layout.startsWith("_2006", at);
            default -> true;
        };
    }

    String format(GoTime time) {
        LocalDateTime local = time.local();
        StringBuilder out = new StringBuilder();
        for (Part part : parts) {
            format(part, time, local, out);
        }
        return out.toString();
    }

    private static void format(Part part, GoTime time, LocalDateTime local, StringBuilder out) {
        int hour12 = local.getHour() % 12 == 0 ? 12 : local.getHour() % 12;
        switch (part.field) {
            case LITERAL -> out.append(part.text);
            case LONG_MONTH -> out.append(month(local.getMonthValue()));
            case MONTH -> out.append(month(local.getMonthValue()), 0, 3);
            case LONG_WEEKDAY -> out.append(weekday(local.getDayOfWeek().getValue() % 7));
            case WEEKDAY -> out.append(weekday(local.getDayOfWeek().getValue() % 7), 0, 3);
            case ZONE -> zone(time, out);
            case NUM_MONTH -> out.append(local.getMonthValue());
            case ZERO_MONTH -> padded(local.getMonthValue(), 2, '0', out);
            case DAY -> out.append(local.getDayOfMonth());
            case ZERO_DAY -> padded(local.getDayOfMonth(), 2, '0', out);
            case UNDER_DAY -> padded(local.getDayOfMonth(), 2, ' ', out);
            case UNDER_YEAR_DAY -> padded(local.getDayOfYear(), 3, ' ', out);
            case ZERO_YEAR_DAY -> padded(local.getDayOfYear(), 3, '0', out);
            case YEAR -> padded(Math.floorMod(local.getYear(), 100), 2, '0', out);
            case LONG_YEAR -> {
                out.append(local.getYear() < 0 ? "-" : "");
                padded(Math.abs(local.getYear()), 4, '0', out);
            }
            case HOUR -> padded(local.getHour(), 2, '0', out);
            case HOUR_12 -> out.append(hour12);
            case ZERO_HOUR_12 -> padded(hour12, 2, '0', out);
            case MINUTE -> out.append(local.getMinute());
            case ZERO_MINUTE -> padded(local.getMinute(), 2, '0', out);
            case SECOND -> out.append(local.getSecond());
            case ZERO_SECOND -> padded(local.getSecond(), 2, '0', out);
            case PM -> out.append(local.getHour() < 12 ? "AM" : "PM");
            case SMALL_PM -> out.append(local.getHour() < 12 ? "am" : "pm");
            case FRACTION -> fraction(part.text, time.nano(), out);
            default -> offset(part.text, time.offset(), out);
        }
    }

    private static void zone(GoTime time, StringBuilder out) {
        if (time.zone().isEmpty()) {
            offset(Field.OFFSET.sign, time.offset(), out);
        } else {
            out.append(time.zone());
        }
    }

    private static void offset(String form, int offset, StringBuilder out) {
        if (form.startsWith("Z") && offset == 0) {
            out.append('Z');
            return;
        }
        int size = Math.abs(offset);
        String colon = form.contains(":") ? ":" : "";
        out.append(offset / 60 < 0 ? '-' : '+');
        padded(size / 3600, 2, '0', out);
        if (form.length() > 3) {
            out.append(colon);
            padded(size / 60 % 60, 2, '0', out);
        }
        if (form.length() > 6) {
            out.append(colon);
            padded(size % 60, 2, '0', out);
        }
    }

    private static void fraction(String form, int nano, StringBuilder out) {
        String digits = Integer.toString(1_000_000_000 + nano).substring(1);
        int end = Math.min(9, form.length() - 1);
        if (form.charAt(1) == '9') {
            while (end > 0 && digits.charAt(end - 1) == '0') {
                end--;
            }
        }
        out.append(end == 0 ? "" : form.substring(0, 1)).append(digits, 0, end);
        if (form.charAt(1) == '0') {
            out.repeat('0', Math.max(0, form.length() - 10));
        }
    }

    private static void padded(int number, int width, char fill, StringBuilder out) {
        String digits = Integer.toString(number);
        out.repeat(fill, Math.max(0, width - digits.length())).append(digits);
    }
}
