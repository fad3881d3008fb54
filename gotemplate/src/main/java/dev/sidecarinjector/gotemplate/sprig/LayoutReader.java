package dev.sidecarinjector.gotemplate.sprig;

import dev.sidecarinjector.gotemplate.FunctionFailure;
import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/** Reads a time that is written in a layout; what the layout does not name is the first of January of the year 0, midnight, UTC. */
final class LayoutReader {
    private final Layout layout;
    private final String text;
    private int at;
    private int year;
    private int month = -1;
    private int day = -1;
    private int yearDay = -1;
    private int hour;
    private int minute;
    private int second;
    private int nano;
    private @Nullable Boolean afternoon;
    private boolean utc;
    private @Nullable Integer offset;
    private String zone = "";

    private LayoutReader(Layout layout, String text) {
        this.layout = layout;
        this.text = text;
    }

    /** @throws FunctionFailure if the text does not have the form of the layout */
    static GoTime read(Layout layout, String text) {
        LayoutReader reader = new LayoutReader(layout, text);
        for (int i = 0; i < layout.parts().size(); i++) {
            reader.read(layout.parts().get(i), i);
        }
        if (reader.at < text.length()) {
            throw reader.failure("extra text: " + text.substring(reader.at));
        }
        return reader.time();
    }

    private void read(Layout.Part part, int index) {
        switch (part.field()) {
            case LITERAL -> literal(part.text());
            case YEAR -> {
                int number = digits(2, 2);
                year = number >= 69 ? 1900 + number : 2000 + number;
            }
            case LONG_YEAR -> year = digits(4, 4);
            case MONTH -> month = name(3, 1, 12);
            case LONG_MONTH -> month = name(0, 1, 12);
            case NUM_MONTH -> month = within(digits(1, 2), 1, 12, "month");
            case ZERO_MONTH -> month = within(digits(2, 2), 1, 12, "month");
            case WEEKDAY -> name(3, 0, 6);
            case LONG_WEEKDAY -> name(0, 0, 6);
            case DAY -> day = digits(1, 2);
            case UNDER_DAY -> {
                skipBlanks(1);
                day = digits(1, 2);
            }
            case ZERO_DAY -> day = digits(2, 2);
            case UNDER_YEAR_DAY -> {
                skipBlanks(2);
                yearDay = digits(1, 3);
            }
            case ZERO_YEAR_DAY -> yearDay = digits(3, 3);
            case HOUR -> hour = within(digits(1, 2), 0, 23, "hour");
            case HOUR_12 -> hour = within(digits(1, 2), 0, 12, "hour");
            case ZERO_HOUR_12 -> hour = within(digits(2, 2), 0, 12, "hour");
            case MINUTE -> minute = within(digits(1, 2), 0, 59, "minute");
            case ZERO_MINUTE -> minute = within(digits(2, 2), 0, 59, "minute");
            case SECOND -> second(1, index);
            case ZERO_SECOND -> second(2, index);
            case PM -> afternoon("AM", "PM");
            case SMALL_PM -> afternoon("am", "pm");
            case ZONE -> zone();
            case FRACTION -> fraction(part.text());
            default -> offset(part.text());
        }
    }

    private void literal(String literal) {
        for (int i = 0; i < literal.length(); i++) {
            if (literal.charAt(i) == ' ') {
                if (at < text.length() && text.charAt(at) != ' ') {
                    throw mismatch(literal);
                }
                skipBlanks(text.length());
                while (i + 1 < literal.length() && literal.charAt(i + 1) == ' ') {
                    i++;
                }
            } else if (peek() != literal.charAt(i) || at >= text.length()) {
                throw mismatch(literal);
            } else {
                at++;
            }
        }
    }

    private void skipBlanks(int atMost) {
        for (int i = 0; i < atMost && peek() == ' '; i++) {
            at++;
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private boolean digitAt(int index) {
        return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    private int digits(int atLeast, int atMost) {
        int start = at;
        while (at - start < atMost && digitAt(at)) {
            at++;
        }
        if (at - start < atLeast) {
            throw mismatch("a number");
        }
        return Integer.parseInt(text, start, at, 10);
    }

    private int within(int value, int least, int most, String what) {
        if (value < least || value > most) {
            throw failure(what + " out of range");
        }
        return value;
    }

    /** The number of a month or weekday by its name, of which so many letters count; 0 for all. */
    private int name(int letters, int first, int last) {
        for (int i = first; i <= last; i++) {
            String full = first == 1 ? Layout.month(i) : Layout.weekday(i);
            String name = letters == 0 ? full : full.substring(0, letters);
            if (text.regionMatches(true, at, name, 0, name.length())) {
                at += name.length();
                return i;
            }
        }
        throw mismatch("a name");
    }

    private void second(int atLeast, int index) {
        second = within(digits(atLeast, 2), 0, 59, "second");
        boolean fractionFollows = index + 1 < layout.parts().size() && layout.parts().get(index + 1).field() == Layout.Field.FRACTION;
        if (!fractionFollows) {
            fraction(".9");
        }
    }

    private void fraction(String form) {
        boolean present = (peek() == '.' || peek() == ',') && digitAt(at + 1);
        boolean fixed = form.charAt(1) == '0';
        if (!present && !fixed) {
            return;
        }
        int start = at + 1;
        int end = start;
        while (digitAt(end) && (!fixed || end - start < form.length() - 1)) {
            end++;
        }
        if (!present || (fixed && end - start < form.length() - 1)) {
            throw mismatch(form);
        }
        nano = Integer.parseInt((text.substring(start, end) + "000000000").substring(0, 9));
        at = end;
    }

    private void afternoon(String am, String pm) {
        if (!text.startsWith(am, at) && !text.startsWith(pm, at)) {
            throw mismatch(pm);
        }
        afternoon = text.startsWith(pm, at);
        at += 2;
    }

    private void offset(String form) {
        if (form.startsWith("Z") && form.length() <= 6 && peek() == 'Z') {
            at++;
            utc = true;
            return;
        }
        if (peek() != '+' && peek() != '-') {
            throw mismatch(form);
        }
        int sign = text.charAt(at++) == '-' ? -1 : 1;
        boolean colon = form.contains(":");
        int seconds = within(digits(2, 2), 0, 24, "time zone offset hour") * 3600;
        if (form.length() > 3) {
            literal(colon ? ":" : "");
            seconds += within(digits(2, 2), 0, 60, "time zone offset minute") * 60;
        }
        if (form.length() > 6) {
            literal(colon ? ":" : "");
            seconds += within(digits(2, 2), 0, 60, "time zone offset second");
        }
        offset = sign * seconds;
    }

    private void zone() {
        if (text.startsWith("UTC", at)) {
            at += 3;
            utc = true;
            return;
        }
        int length = ZoneName.length(text.substring(at));
        if (length == 0) {
            throw mismatch("a time zone");
        }
        zone = text.substring(at, at + length);
        at += length;
    }

    private GoTime time() {
        if (afternoon != null) {
            hour = afternoon && hour < 12 ? hour + 12 : !afternoon && hour == 12 ? 0 : hour;
        }
        long local = date().toEpochDay() * 86_400 + hour * 3600L + minute * 60L + second;
        if (utc) {
            return new GoTime(local, nano, 0, "UTC");
        }
        if (offset != null) {
            boolean isUtc = offset == 0 && (zone.isEmpty() || zone.equals("UTC"));
            return new GoTime(local - offset, nano, offset, isUtc ? "UTC" : zone);
        }
        if (zone.isEmpty()) {
            return new GoTime(local, nano, 0, "UTC");
        }
        int seconds = zone.startsWith("GMT") && zone.length() > 3 ? Integer.parseInt(zone.substring(3)) * 3600 : 0;
        return new GoTime(local, nano, seconds, zone);
    }

    private LocalDate date() {
        if (yearDay >= 0) {
            LocalDate date = LocalDate.ofYearDay(year, within(yearDay, 1, LocalDate.of(year, 1, 1).lengthOfYear(), "day-of-year"));
            if ((month >= 0 && month != date.getMonthValue()) || (day >= 0 && day != date.getDayOfMonth())) {
                throw failure("day-of-year does not match the date");
            }
            return date;
        }
        int someMonth = month < 0 ? 1 : month;
        int someDay = day < 0 ? 1 : day;
        return LocalDate.of(year, someMonth, within(someDay, 1, YearMonth.of(year, someMonth).lengthOfMonth(), "day"));
    }

    private FunctionFailure mismatch(String expected) {
        return failure("cannot parse \"" + text.substring(Math.min(at, text.length())) + "\" as \"" + expected + "\"");
    }

    private FunctionFailure failure(String reason) {
        return new FunctionFailure("parsing time \"" + text + "\": " + reason);
    }
}
