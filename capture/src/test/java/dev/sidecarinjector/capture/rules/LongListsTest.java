package dev.sidecarinjector.capture.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.capture.Pod;
import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.address.IpAddress;
import dev.sidecarinjector.capture.settings.Setting;
import dev.sidecarinjector.capture.text.RestoreText;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LongListsTest {
    @Test
    void aShortListStaysAsItWasGiven() {
        RuleSet rules = Pod.plain().plan(Setting.SERVICE_EXCLUDE_CIDR, "10.0.0.0/9,10.128.0.0/9", Setting.SERVICE_CIDR, "*");
        assertThat(LongLists.inSets(rules, 2)).isEqualTo(rules);
        assertThat(LongLists.merged(rules, 2)).isEqualTo(rules);
    }

    @Test
    void aLongListBecomesOneRuleInTheSamePlace() {
        RuleSet rules = Pod.plain().plan(Setting.SERVICE_EXCLUDE_CIDR, "10.0.0.0/9,10.128.0.0/9,1.1.1.1/32", Setting.SERVICE_CIDR, "*");
        RuleSet sets = LongLists.inSets(rules, 2);
        assertThat(sets.sets()).singleElement()
                .satisfies(set -> assertThat(set.cidrs()).map(Object::toString).containsExactly("1.1.1.1/32", "10.0.0.0/8"));
        String name = sets.sets().getFirst().name();
        assertThat(name).matches("istio-4-[0-9a-f]{16}").hasSizeLessThan(32);
        assertThat(RestoreText.of(sets, Family.IPV4)).contains("""
                -A ISTIO_OUTPUT -d 127.0.0.1/32 -j RETURN
                -A ISTIO_OUTPUT -m set --match-set %s dst -j RETURN
                -A ISTIO_OUTPUT -j ISTIO_REDIRECT
                """.formatted(name));
        assertThat(RestoreText.of(LongLists.merged(rules, 2), Family.IPV4)).contains("""
                -A ISTIO_OUTPUT -d 127.0.0.1/32 -j RETURN
                -A ISTIO_OUTPUT -d 1.1.1.1/32 -j RETURN
                -A ISTIO_OUTPUT -d 10.0.0.0/8 -j RETURN
                -A ISTIO_OUTPUT -j ISTIO_REDIRECT
                """);
    }

    @Test
    void everyInterfaceOfAVirtualMachineHasItsOwnRule() {
        RuleSet sets = LongLists.inSets(
                Pod.plain().plan(Setting.SERVICE_CIDR, "10.0.0.0/8,11.0.0.0/16,12.0.0.0/8", Setting.KUBE_VIRT_INTERFACES, "eth1,eth2"), 2);
        String name = sets.sets().getFirst().name();
        assertThat(RestoreText.of(sets, Family.IPV4)).contains(
                "-I PREROUTING 1 -i eth1 -m set --match-set " + name + " dst -j ISTIO_REDIRECT\n",
                "-I PREROUTING 1 -i eth2 -m set --match-set " + name + " dst -j ISTIO_REDIRECT\n").doesNotContain("10.0.0.0/8");
    }

    @Test
    void anotherListHasAnotherName() {
        assertThat(IntStream.range(0, 1000).mapToObj(i -> LongLists.inSets(
                Pod.plain().plan(Setting.SERVICE_CIDR, "10.0.0.0/8,11.0." + i / 250 + "." + i % 250 + "/32"), 1).sets().getFirst().name()))
                .doesNotHaveDuplicates();
    }

    /** What becomes of an outbound packet, by its destination alone, in all three forms of the same lists. */
    @Test
    void everyAddressMeetsTheSameFate() {
        Random random = new Random(7);
        for (int round = 0; round < 100; round++) {
            RuleSet rules = Pod.dualStack().plan(Setting.SERVICE_EXCLUDE_CIDR, list(random), Setting.SERVICE_CIDR, list(random),
                    Setting.DUAL_STACK, "true");
            RuleSet sets = LongLists.inSets(rules, 3);
            RuleSet merged = LongLists.merged(rules, 3);
            for (int i = 0; i < 512; i++) {
                IpAddress address = i < 256
                        ? new IpAddress(Family.IPV4, 0, 0x0a000000L + i)
                        : new IpAddress(Family.IPV6, 0xfd00L << 48, i & 255);
                String fate = fate(rules, address);
                assertThat(fate(sets, address)).isEqualTo(fate);
                assertThat(fate(merged, address)).isEqualTo(fate);
            }
        }
    }

    private static String list(Random random) {
        return IntStream.range(0, random.nextInt(30)).mapToObj(_ -> random.nextBoolean()
                ? "10.0.0." + random.nextInt(256) + "/" + (24 + random.nextInt(9))
                : "fd00::" + Integer.toHexString(random.nextInt(256)) + "/" + (120 + random.nextInt(9))).collect(Collectors.joining(","));
    }

    private static String fate(RuleSet rules, IpAddress address) {
        List<Rule> chain = rules.chain(address.family(), Table.NAT, Chain.ISTIO_OUTPUT);
        return chain.stream().filter(rule -> rule.matches().size() == 1 && switch (rule.matches().getFirst()) {
            case Match.Address(Direction direction, var cidr, boolean negated) -> direction == Direction.DESTINATION
                    && cidr.contains(address) != negated;
            case Match.InSet(_, CidrSet set) -> set.cidrs().stream().anyMatch(cidr -> cidr.contains(address));
            default -> false;
        }).findFirst().map(rule -> rule.target().toString()).orElse("passes");
    }
}
