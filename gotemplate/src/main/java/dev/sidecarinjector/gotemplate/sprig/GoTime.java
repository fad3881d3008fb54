package dev.sidecarinjector.gotemplate.sprig;

import dev.sidecarinjector.gotemplate.Call;
import dev.sidecarinjector.gotemplate.Function;
import dev.sidecarinjector.gotemplate.GoStruct;
import dev.sidecarinjector.gotemplate.Stringer;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Go's {@code time.Time}: a point in time and the clock that shows it.
 *
 * @param second since 1970
 * @param nano   within the second
 * @param offset of the clock from UTC, in seconds
 * @param zone   abbreviation of the time zone; empty if it has none
 */
record GoTime(long second, int nano, int offset, String zone) implements GoStruct, Stringer, JsonWriter.JsonText {
    /** The first of January of the year 1, which stands for no time. */
    static final GoTime ZERO = new GoTime(-62_135_596_800L, 0, 0, "UTC");

    GoTime plus(long nanos) {
        long sum = nano + nanos % GoDuration.SECOND;
        return new GoTime(second + nanos / GoDuration.SECOND + Math.floorDiv(sum, GoDuration.SECOND),
                (int) Math.floorMod(sum, GoDuration.SECOND), offset, zone);
    }

    /** What the clock shows. */
    LocalDateTime local() {
        return LocalDateTime.ofEpochSecond(second + offset, nano, ZoneOffset.UTC);
    }

    @Override
    public @Nullable Object member(String name) {
        return switch (name) {
            case "Year" -> local().getYear();
            case "Month" -> new Named(local().getMonthValue(), Layout.month(local().getMonthValue()), "time.Month");
            case "Day" -> local().getDayOfMonth();
            case "Hour" -> local().getHour();
            case "Minute" -> local().getMinute();
            case "Second" -> local().getSecond();
            case "Nanosecond" -> nano;
            case "YearDay" -> local().getDayOfYear();
            case "Weekday" ->
                new Named(local().getDayOfWeek().getValue() % 7, Layout.weekday(local().getDayOfWeek().getValue() % 7), "time.Weekday");
            case "Unix" -> second;
            case "UnixMilli" -> second * 1000 + nano / 1_000_000;
            case "UnixNano" -> second * GoDuration.SECOND + nano;
            case "IsZero" -> second == ZERO.second && nano == 0;
            case "UTC" -> new GoTime(second, nano, 0, "UTC");
            case "String" -> goString();
            case "Format" -> (Function) this::formatted;
            default -> NO_SUCH_MEMBER;
        };
    }

    private Object formatted(Call call) {
        Arguments.exactly(call, 1);
        return Layout.parse(call.string(0)).format(this);
    }

    @Override
    public String goType() {
        return "time.Time";
    }

    @Override
    public String goString() {
        return Layout.parse("2006-01-02 15:04:05.999999999 -0700 MST").format(this);
    }

    @Override
    public String json() {
        return Layout.parse("2006-01-02T15:04:05.999999999Z07:00").format(this);
    }

    /** A number that prints as a name. */
    private record Named(int number, String name, String goType) implements GoStruct, Stringer {
        @Override
        public Object member(String member) {
            return member.equals("String") ? name : NO_SUCH_MEMBER;
        }

        @Override
        public String goString() {
            return name;
        }

        @Override
        public boolean isTrue() {
            return number != 0;
        }
    }
}
