package dev.sidecarinjector.gotemplate.sprig;

import dev.sidecarinjector.gotemplate.Call;
import dev.sidecarinjector.gotemplate.Function;
import dev.sidecarinjector.gotemplate.FunctionFailure;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Functions about a given date. The local time zone is always UTC, whatever the machine has; the current time cannot be asked for. */
final class Dates {
    private static final String DAY = "2006-01-02";

    private Dates() {}

    static @Nullable Function find(String name) {
        return switch (name) {
            case "date" -> call -> inZone(call, 2, call.string(0), 1, "UTC");
            case "dateInZone", "date_in_zone" -> call -> inZone(call, 3, call.string(0), 1, call.string(2));
            case "htmlDate" -> call -> inZone(call, 1, DAY, 0, "UTC");
            case "htmlDateInZone" -> call -> inZone(call, 2, DAY, 0, call.string(1));
            case "dateModify", "date_modify" -> call -> modify(call, false);
            case "mustDateModify", "must_date_modify" -> call -> modify(call, true);
            case "toDate" -> call -> parse(call, false);
            case "mustToDate" -> call -> parse(call, true);
            case "unixEpoch" -> Dates::unixEpoch;
            case "duration" -> Dates::duration;
            case "durationRound" -> Dates::durationRound;
            default -> null;
        };
    }

    private static Object inZone(Call call, int arguments, String layout, int date, String zone) {
        Arguments.exactly(call, arguments);
        Object value = call.argument(date);
        if (value instanceof GoTime time) {
            return Layout.parse(layout).format(in(zone, time.second(), time.nano()));
        }
        if (value instanceof Integer || value instanceof Long) {
            return Layout.parse(layout).format(in(zone, ((Number) value).longValue(), 0));
        }
        throw new FunctionFailure(
                call.name() + " needs a date or whole seconds since 1970; of any other value it would take the current time, "
                        + "and the same input must always give the same result");
    }

    private static GoTime in(String zone, long second, int nano) {
        if (zone.isEmpty() || zone.equals("UTC") || zone.equals("Local") || !ZoneId.getAvailableZoneIds().contains(zone)) {
            return new GoTime(second, nano, 0, "UTC");
        }
        ZonedDateTime local = Instant.ofEpochSecond(second, nano).atZone(ZoneId.of(zone));
        String abbreviation = DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH).format(local);
        return new GoTime(second, nano, local.getOffset().getTotalSeconds(), abbreviation);
    }

    private static GoTime time(Call call, int index) {
        if (call.argument(index) instanceof GoTime time) {
            return time;
        }
        throw Arguments.wrongType("time.Time", call.argument(index));
    }

    private static Object modify(Call call, boolean must) {
        Arguments.exactly(call, 2);
        GoTime time = time(call, 1);
        Long nanos = GoDuration.parse(call.string(0));
        if (nanos == null && must) {
            throw new FunctionFailure("time: invalid duration \"" + call.string(0) + "\"");
        }
        return nanos == null ? time : time.plus(nanos);
    }

    private static Object parse(Call call, boolean must) {
        Arguments.exactly(call, 2);
        Layout layout = Layout.parse(call.string(0));
        String text = call.string(1);
        try {
            return LayoutReader.read(layout, text);
        } catch (FunctionFailure failure) {
            if (must) {
                throw failure;
            }
            return GoTime.ZERO;
        }
    }

    private static Object unixEpoch(Call call) {
        Arguments.exactly(call, 1);
        return Long.toString(time(call, 0).second());
    }

    private static Object duration(Call call) {
        Arguments.exactly(call, 1);
        Object value = call.argument(0);
        Long seconds = value instanceof CharSequence text
                ? GoNumbers.parseInt(text.toString(), 10)
                : value instanceof Long whole ? whole : null;
        return GoDuration.format(seconds == null ? 0 : seconds * GoDuration.SECOND);
    }

    /** The largest whole unit only: {@code 2mo}. */
    private static Object durationRound(Call call) {
        Arguments.exactly(call, 1);
        Object value = call.argument(0);
        if (value instanceof GoTime) {
            throw new FunctionFailure("durationRound of a date is refused: it reads the clock");
        }
        Long nanos = value instanceof CharSequence text ? GoDuration.parse(text.toString()) : value instanceof Long whole ? whole : null;
        return GoDuration.rounded(nanos == null ? 0 : Math.abs(nanos));
    }
}
