package dev.sidecarinjector.capture.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    @ParameterizedTest
    @CsvSource({"10.1.2.3,10.1.2.3", "0.0.0.0,0.0.0.0", "::,::", "::1,::1", "1::,1::", "::127.0.0.53,::7f00:35",
            "::ffff:10.0.0.1,::ffff:10.0.0.1",
            "::ffff:a00:1,::ffff:10.0.0.1", "2001:DB8:0:0:1:0:0:1,2001:db8::1:0:0:1", "1:0:0:2:0:0:0:3,1:0:0:2::3",
            "1:2:3:4:5:6:7::,1:2:3:4:5:6:7:0",
            "0:0:1:0:0:0:0:0,0:0:1::", "64:ff9b::192.0.2.33,64:ff9b::c000:221"})
    void anAddressHasOneSpelling(String text, String canonical) {
        IpAddress address = IpAddress.parse(text);
        assertThat(address).hasToString(canonical);
        assertThat(IpAddress.parse(canonical)).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.2.3", "1.2.3.4.5", "01.2.3.4", "256.1.1.1", "1.2.3.4 ", "1..2.3", ":", ":::", "1:2", "1::2::3",
            "12345::", "g::", "1:2:3:4:5:6:7:8:9",
            "::1:2:3:4:5:6:7:8", "fe80::1%eth0", "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3", "1:", ":1", "1.2.3.4:", "+1.2.3.4", "１.2.3.4", "::１"})
    void whatIsNoAddressIsNone(String text) {
        assertThat(IpAddress.parse(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"10.1.2.3/8,10.1.2.3/8,10.0.0.0/8", "::ffff:10.0.0.0/104,::ffff:10.0.0.0/104,::ffff:10.0.0.0/104",
            "0.0.0.0/0,0.0.0.0/0,0.0.0.0/0",
            "2001:db8::1/32,2001:db8::1/32,2001:db8::/32", "255.255.255.255/32,255.255.255.255/32,255.255.255.255/32",
            "1:2:3:4:5::/65,1:2:3:4:5::/65,1:2:3:4::/65"})
    void aPrefixKeepsWhatWasWrittenUntilItIsMasked(String text, String printed, String masked) {
        Cidr cidr = Cidr.parse(text);
        assertThat(cidr).hasToString(printed);
        assertThat(cidr.masked()).hasToString(masked);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1,true,false", "127.255.0.1,true,false", "::1,true,false", "::6,false,false", "::ffff:127.0.0.1,true,false",
            "169.254.3.4,false,true", "fe80::1,false,true", "febf::1,false,true", "fec0::1,false,false", "10.0.0.1,false,false"})
    void specialAddressesAreKnown(String text, boolean loopback, boolean linkLocal) {
        IpAddress address = IpAddress.parse(text);
        assertThat(address.isLoopback()).isEqualTo(loopback);
        assertThat(address.isLinkLocal()).isEqualTo(linkLocal);
    }

    @Test
    void mergingKnownLists() {
        assertThat(merged("10.0.0.0/25", "10.0.0.128/25", "10.0.1.0/24", "10.0.0.7/32")).containsExactly("10.0.0.0/23");
        assertThat(merged("10.0.1.0/24", "10.0.2.0/24")).as("halves of different wholes").containsExactly("10.0.1.0/24", "10.0.2.0/24");
        assertThat(merged("0.0.0.0/0", "::/0", "10.0.0.0/8", "fd00::/8")).containsExactly("0.0.0.0/0", "::/0");
        assertThat(merged("10.1.2.3/8", "10.0.0.0/8")).containsExactly("10.0.0.0/8");
        assertThat(merged("8000::/1", "::/1")).containsExactly("::/0");
    }

    private static List<String> merged(String... cidrs) {
        return CidrMerge.merged(List.of(cidrs).stream().map(Cidr::parse).toList()).stream().map(Cidr::toString).toList();
    }

    /** In a space so small that every address can be asked: the low bits of one prefix of each family. */
    @Test
    void aMergedListHoldsTheSameAddresses() {
        Random random = new Random(42);
        for (int round = 0; round < 300; round++) {
            List<Cidr> cidrs = new ArrayList<>();
            int count = 1 + random.nextInt(40);
            for (int i = 0; i < count; i++) {
                boolean v4 = random.nextBoolean();
                cidrs.add(new Cidr(address(v4, random.nextInt(256)), (v4 ? 24 : 120) + random.nextInt(9)));
            }
            List<Cidr> merged = CidrMerge.merged(cidrs);
            assertThat(merged.size()).isLessThanOrEqualTo(cidrs.size());
            for (int i = 0; i < 512; i++) {
                IpAddress address = address(i < 256, i & 255);
                assertThat(merged.stream().filter(cidr -> cidr.contains(address)).count()).as("%s in %s", address, cidrs)
                        .isEqualTo(cidrs.stream().anyMatch(cidr -> cidr.contains(address)) ? 1 : 0);
            }
            assertThat(CidrMerge.merged(merged)).as("nothing is left to merge").isEqualTo(merged);
        }
    }

    private static IpAddress address(boolean v4, int last) {
        return v4 ? new IpAddress(Family.IPV4, 0, 0x0a000000L + last) : new IpAddress(Family.IPV6, 0xfd00L << 48, last);
    }
}
