package dev.sidecarinjector.iptablesinit.socket;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Calls of the C library (ADR 7). Every function that is used here takes at most six whole numbers or addresses, and returns one. The calling conventions of
 * Linux pass each in a place of its own, whatever its width, so that one shape does for all of them; each further shape would add milliseconds to a run.
 */
final class Libc {
    static final int EPERM = 1;
    static final int EAGAIN = 11;
    static final int EACCES = 13;
    static final int EADDRINUSE = 98;
    static final int ENETUNREACH = 101;
    static final int ECONNRESET = 104;
    static final int ETIMEDOUT = 110;
    static final int ECONNREFUSED = 111;
    static final int EHOSTUNREACH = 113;
    static final int EINPROGRESS = 115;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    @SuppressWarnings("restricted")
    private static final MethodHandle CALL = LINKER.downcallHandle(
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG), ERRNO);
    private static final int LONGEST_MESSAGE = 256;

    private Libc() {}

    /** The result, with its upper half, which functions that return an int leave undefined. */
    private static long call(String function, MemorySegment errno, long a, long b, long c, long d, long e, long f) {
        try {
            return (long) CALL.invokeExact(LINKER.defaultLookup().findOrThrow(function), errno, a, b, c, d, e, f);
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }

    /**
     * Calls a function that returns an int, negative where it failed.
     *
     * @throws SystemError where it failed
     */
    static int call(String function, long... arguments) throws SystemError {
        long[] six = new long[6];
        System.arraycopy(arguments, 0, six, 0, arguments.length);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(Linker.Option.captureStateLayout());
            int result = (int) call(function, errno, six[0], six[1], six[2], six[3], six[4], six[5]);
            if (result < 0) {
                int number = errno.get(JAVA_INT, 0);
                throw new SystemError(function, number, message(number, errno));
            }
            return result;
        }
    }

    /** Calls a function that cannot fail. */
    static int value(String function, long argument) {
        try (Arena arena = Arena.ofConfined()) {
            return (int) call(function, arena.allocate(Linker.Option.captureStateLayout()), argument, 0, 0, 0, 0, 0);
        }
    }

    @SuppressWarnings("restricted")
    private static String message(int number, MemorySegment errno) {
        long text = call("strerror", errno, number, 0, 0, 0, 0, 0);
        return MemorySegment.ofAddress(text).reinterpret(LONGEST_MESSAGE).getString(0);
    }
}
