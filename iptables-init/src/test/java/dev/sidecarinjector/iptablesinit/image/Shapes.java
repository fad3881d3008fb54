package dev.sidecarinjector.iptablesinit.image;

import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Records and switches of every shape; what they do is written down by {@link #behaviour}. */
public final class Shapes {
    private Shapes() {}

    record Empty() {}

    record Numbers(byte a, short b, char c, int d, long e, boolean f) {}

    record Fractions(float a, double b) {}

    record References(@Nullable String text, List<Integer> list, @Nullable Object any) {}

    record Generic<T>(@Nullable T value, int count) {}

    /** Its own methods stay. */
    record Own(String text) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Own own && own.text.equalsIgnoreCase(text);
        }

        @Override
        public int hashCode() {
            return 7;
        }
    }

    sealed interface Shape permits Circle, Square, Nothing {
        /** A method of an interface may switch, too. */
        default String words() {
            return switch (this) {
                case Circle(int radius) when radius > 10 -> "large circle";
                case Circle _ -> "circle";
                case Square(long side) -> "square " + side;
                case Nothing _ -> "nothing";
            };
        }
    }

    record Circle(int radius) implements Shape {}

    record Square(long side) implements Shape {}

    enum Nothing implements Shape {
        ONE, TWO
    }

    /** Of any types, with a guard that sends the search on, and null. */
    static String types(@Nullable Object object) {
        return switch (object) {
            case null -> "null";
            case String text when text.isEmpty() -> "empty";
            case Integer number when number > 5 -> "large number";
            case CharSequence text -> "text " + text;
            case Number number -> "number " + number;
            case int[] array -> "array " + array.length;
            case Shape shape -> shape.words();
            default -> "other";
        };
    }

    /** Constants among the labels. */
    static String constants(Object object) {
        return switch (object) {
            case String text when text.equals("a") -> "first";
            case Nothing nothing when nothing == Nothing.TWO -> "second";
            case Integer number -> "number " + number;
            default -> "other";
        };
    }

    static String texts(CharSequence text) {
        return switch (text) {
            case String same -> switch (same) {
                case "a" -> "A";
                case "b" -> "B";
                default -> "?";
            };
            default -> "no string";
        };
    }

    /** Labels that are constants of an enum. */
    static String enums(Shape shape) {
        return switch (shape) {
            case Nothing.ONE -> "one";
            case Nothing.TWO -> "two";
            case Circle _,Square _ -> "drawn";
        };
    }

    private static boolean areEqual(Object one, @Nullable Object other) {
        return one.equals(other);
    }

    /** A line for each thing that can be seen of them. */
    public static String behaviour() {
        List<Object> records = new ArrayList<>(List.of(new Empty(), new Empty(), new Own("a"), new Own("A")));
        for (boolean flag : new boolean[]{true, false}) {
            for (int number : new int[]{0, 1, -1, 127, Integer.MIN_VALUE}) {
                records.add(new Numbers((byte) number, (short) number, (char) number, number, number * 4_294_967_311L, flag));
                records.add(new Fractions(number / 3f, number / 7d));
                records.add(new Generic<>(flag ? number : null, number));
                records.add(new References(flag ? "text" : null, List.of(number), null));
                records.add(new Circle(number));
                records.add(new Square(number));
            }
        }
        records.addAll(List.of(new Fractions(Float.NaN, Double.NaN), new Fractions(Float.NaN, Double.NaN), new Fractions(0f, 0d),
                new Fractions(-0f, 0d), new Fractions(0f, -0d), new Numbers((byte) 1, (short) 1, 'b', 1, 1, true)));
        StringBuilder text = new StringBuilder();
        for (Object one : records) {
            text.append(one).append(" hash ").append(one.hashCode()).append(" equals");
            for (int i = 0; i < records.size(); i++) {
                text.append(one.equals(records.get(i)) ? " " + i : "");
            }
            text.append(areEqual(one, null)).append(areEqual(one, "text")).append('\n');
        }
        for (Object each : Arrays.asList(null, "", "x", CharBuffer.wrap("y"), 3, 6, 3.5, new int[2], new Circle(5), new Circle(50),
                new Square(2), Nothing.ONE, Nothing.TWO, 'c')) {
            text.append(types(each)).append('\n').append(each == null ? "" : constants(each)).append('\n');
        }
        for (CharSequence each : List.of("a", "b", "c", CharBuffer.wrap("a"))) {
            text.append(texts(each)).append('\n');
        }
        for (Shape each : List.of(Nothing.ONE, Nothing.TWO, new Circle(1), new Square(1))) {
            text.append(enums(each)).append('\n');
        }
        Set<String> sorted = new TreeSet<>();
        records.forEach(each -> sorted.add(each.toString()));
        return text.append(sorted.size()).toString();
    }
}
