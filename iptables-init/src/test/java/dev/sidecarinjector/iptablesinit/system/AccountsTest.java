package dev.sidecarinjector.iptablesinit.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;
import jnr.posix.Passwd;
import org.junit.jupiter.api.Test;

/** What the program reads of accounts is what the C library says of them, asked by another way. */
class AccountsTest {
    private static final POSIX SYSTEM = POSIXFactory.getNativePOSIX();

    @Test
    void everyAccountOfThisMachineHasTheUserThatTheCLibrarySays() throws IOException {
        List<String> names = Files.readAllLines(Path.of("/etc/passwd")).stream().map(line -> line.split(":", 2)[0]).toList();
        assertThat(names).contains("root");
        for (String name : names) {
            assertThat(Accounts.userId(name)).as(name).hasValue(SYSTEM.getpwnam(name).getUID());
        }
    }

    @Test
    void aNameThatIsNoneIsNoneToTheCLibraryToo() {
        for (String name : List.of("", "nobody-of-this-name", "roo", "root:x", "#root")) {
            Passwd account = SYSTEM.getpwnam(name);
            assertThat(account).as(name).isNull();
            assertThat(Accounts.userId(name)).as(name).isEqualTo(OptionalLong.empty());
        }
    }
}
