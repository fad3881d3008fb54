package dev.sidecarinjector.iptablesinit.image;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.function.ObjIntConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Functions of every shape; what they do is written down by {@link #behaviour}. */
public final class Functions {
    private final String own;

    private Functions(String own) {
        this.own = own;
    }

    private Functions() {
        this("none");
    }

    interface Greeter {
        String greet(String whom);

        default Greeter twice() {
            return whom -> prefixed(greet(greet(whom)));
        }

        private String prefixed(String text) {
            return ">" + text;
        }

        static Greeter polite() {
            return Greeter::politely;
        }

        private static String politely(String whom) {
            return "Good day, " + whom;
        }
    }

    interface FourOfAKind<T extends Comparable<T>> {
        T pick(byte small, long large, double fraction, T[] rest);
    }

    private static class Base {
        String name() {
            return "base";
        }
    }

    private static final class Derived extends Base {
        @Override
        String name() {
            Supplier<String> above = super::name;
            return "derived of " + above.get();
        }
    }

    private String mine(String text) {
        return own + text;
    }

    private static boolean isLong(String text) {
        return text.length() > 3;
    }

    private static long count(Object... many) {
        return many.length;
    }

    private List<String> ofThis() {
        List<String> texts = new ArrayList<>();
        Function<String, String> bound = this::mine;
        texts.add(bound.apply("!"));
        Supplier<Supplier<String>> nested = () -> () -> mine("?") + texts.size();
        texts.add(nested.get().get());
        Runnable runnable = () -> texts.add(own);
        runnable.run();
        new Object() {
            void add() {
                Consumer<String> consumer = text -> texts.add(text + own);
                consumer.andThen(texts::add).accept("anonymous");
            }
        }.add();
        return texts;
    }

    private static String numbers() {
        byte small = -7;
        short two = 300;
        char letter = 'z';
        long large = 1L << 40;
        float half = 0.5f;
        double third = 1 / 3d;
        boolean yes = true;
        Supplier<String> all = () -> small + " " + two + " " + letter + " " + large + " " + half + " " + third + " " + yes;
        LongSupplier widened = () -> small + two;
        DoubleUnaryOperator captured = value -> value * large + half;
        BooleanSupplier flag = () -> yes;
        ToLongFunction<Integer> unboxed = Integer::intValue;
        ToDoubleFunction<Integer> unboxedAndWidened = value -> value;
        ToDoubleFunction<Float> ofObject = Float::floatValue;
        IntFunction<Integer> boxed = Integer::valueOf;
        Function<Integer, Integer> both = Math::abs;
        Function<Character, Integer> letters = Character::getNumericValue;
        IntBinaryOperator sum = Integer::sum;
        Comparator<Integer> order = Integer::compare;
        return all.get() + ' ' + widened.getAsLong() + ' ' + captured.applyAsDouble(third) + ' ' + flag.getAsBoolean() + ' '
                + unboxed.applyAsLong(-3) + ' ' + unboxedAndWidened.applyAsDouble(4) + ' ' + ofObject.applyAsDouble(half) + ' '
                + boxed.apply(9) + ' '
                + both.apply(-8) + ' ' + letters.apply('7') + ' ' + sum.applyAsInt(2, 3) + ' ' + order.compare(1, 2);
    }

    private static String others() throws Exception {
        Supplier<Functions> created = Functions::new;
        Function<String, Functions> createdOf = Functions::new;
        Function<Integer, int[]> array = int[]::new;
        BiFunction<String, Integer, Character> unbound = String::charAt;
        Predicate<String> isStatic = Functions::isLong;
        Function<Object, Long> many = Functions::count;
        ObjIntConsumer<StringBuilder> resultIsDropped = StringBuilder::append;
        Callable<String> throwing = () -> {
            throw new IllegalStateException("thrown");
        };
        StringBuilder text = new StringBuilder();
        resultIsDropped.accept(text, 5);
        text.append(created.get().own).append(createdOf.apply("x").own).append(array.apply(3).length).append(unbound.apply("abc", 1))
                .append(isStatic.negate().test("abc")).append(many.apply("one"));
        try {
            text.append(throwing.call());
        } catch (IllegalStateException e) {
            text.append(e.getMessage());
        }
        FourOfAKind<String> four = (small, large, fraction, rest) -> rest[(int) (small + large + fraction)];
        text.append(four.pick((byte) 1, 0L, 0.9, new String[]{"a", "b"}));
        Greeter greeter = whom -> "Hello, " + whom;
        text.append(greeter.twice().greet("you")).append(Greeter.polite().greet("Sir")).append(new Derived().name());
        return text.toString();
    }

    private static String collections() {
        Map<String, List<Integer>> byText = new TreeMap<>(Comparator.<String>naturalOrder().reversed());
        IntStream.range(0, 20)
                .forEach(number -> byText.computeIfAbsent(number % 3 == 0 ? "three" : "other", _ -> new ArrayList<>()).add(number));
        ToIntFunction<Map.Entry<String, List<Integer>>> size = entry -> entry.getValue().stream().mapToInt(Integer::intValue).sum();
        return byText + " " + byText.entrySet().stream().mapToInt(size).boxed().toList()
                + Stream.of("b", "a", "c").sorted(Comparator.comparing(Function.identity())).map(String::toUpperCase).toList();
    }

    /** A line for each kind. */
    public static String behaviour() throws Exception {
        String wrong;
        try {
            Function<Object, Object> raw = Functions.<Object, Object>unchecked((Function<String, Integer>) String::length);
            wrong = "no error: " + raw.apply(5);
        } catch (ClassCastException e) {
            wrong = "not a text";
        }
        return String.join("\n", new Functions("I").ofThis()) + "\n" + numbers() + "\n" + others() + "\n" + collections() + "\n" + wrong;
    }

    @SuppressWarnings("unchecked")
    private static <A, B> Function<A, B> unchecked(Function<?, ?> function) {
        return (Function<A, B>) function;
    }
}
