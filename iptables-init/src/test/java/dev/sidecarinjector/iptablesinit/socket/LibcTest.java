package dev.sidecarinjector.iptablesinit.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jnr.constants.Constant;
import jnr.constants.platform.AddressFamily;
import jnr.constants.platform.Errno;
import jnr.constants.platform.IP;
import jnr.constants.platform.IPProto;
import jnr.constants.platform.Sock;
import jnr.constants.platform.SocketLevel;
import jnr.constants.platform.SocketMessage;
import jnr.constants.platform.SocketOption;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;
import org.junit.jupiter.api.Test;

/** The numbers that foreign functions are called with are found by no compiler; here another library's tables of this system say them, too. */
class LibcTest {
    private static final POSIX SYSTEM = POSIXFactory.getNativePOSIX();
    private static final List<Constant> KNOWN = Stream
            .<Constant[]>of(Errno.values(), AddressFamily.values(), Sock.values(), SocketLevel.values(),
                    SocketOption.values(), SocketMessage.values(), IP.values(), IPProto.values())
            .flatMap(Stream::of).filter(Constant::defined).toList();

    @Test
    void numbersAreThoseOfThisSystem() throws IllegalAccessException {
        List<String> compared = new ArrayList<>();
        for (Class<?> type : List.of(Libc.class, Endpoint.class, NativeSocket.class, PacketSocket.class)) {
            for (Field field : type.getDeclaredFields()) {
                Optional<Constant> known = KNOWN.stream().filter(constant -> constant.name().equals(field.getName())).findAny();
                if (Modifier.isStatic(field.getModifiers()) && known.isPresent()) {
                    field.setAccessible(true);
                    assertThat(((Number) field.get(null)).intValue()).as(field.getName()).isEqualTo(known.get().intValue());
                    compared.add(field.getName());
                }
            }
        }
        assertThat(compared).contains("EPERM", "EAGAIN", "EACCES", "EADDRINUSE", "ENETUNREACH", "ECONNRESET", "ETIMEDOUT", "ECONNREFUSED",
                "EHOSTUNREACH",
                "EINPROGRESS", "AF_INET", "AF_INET6", "SOCK_STREAM", "SOCK_DGRAM", "SOL_SOCKET", "SO_REUSEADDR", "SO_RCVTIMEO",
                "SO_SNDTIMEO");
    }

    @Test
    void errorsHaveTheSystemsOwnWords() {
        for (int descriptor : List.of(-1, 1 << 20)) {
            assertThatThrownBy(() -> Libc.call("listen", descriptor, 1)).hasMessage("listen: " + SYSTEM.strerror(Errno.EBADF.intValue()));
        }
    }

    @Test
    void thisThreadActsAsWhomTheProcessIs() {
        assertThat(Acting.uid()).isEqualTo(SYSTEM.geteuid());
        assertThat(Acting.gid()).isEqualTo(SYSTEM.getegid());
    }
}
