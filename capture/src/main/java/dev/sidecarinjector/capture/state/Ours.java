package dev.sidecarinjector.capture.state;

import dev.sidecarinjector.capture.rules.Chain;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells our rules from those of others, whichever settings made them. Every chain with our prefix is ours, and so is every jump to one. In the hooks there are
 * rules without such a jump; they are known by their exact shape, and only where our chains are in the same table.
 */
final class Ours {
    private static final List<Pattern> TPROXY = List.of(
            Pattern.compile("-p tcp -m mark --mark \\S+ -j CONNMARK --save-mark --nfmask 0xffffffff --ctmask 0xffffffff"),
            Pattern.compile("-p tcp -m connmark --mark \\S+ -j CONNMARK --restore-mark --nfmask 0xffffffff --ctmask 0xffffffff"),
            Pattern.compile("-o lo -p tcp -m mark --mark \\S+ -j RETURN"),
            Pattern.compile("! -d \\S+ -o lo -p tcp -m owner --[ug]id-owner \\S+ -j MARK --set-xmark 0x53a/0xffffffff"));
    private static final Pattern FROM_INTERFACE = Pattern.compile("-i (\\S+) -j RETURN");
    private static final Pattern TO_INTERFACE = Pattern.compile("-o (\\S+) -j RETURN");
    private static final Pattern VIRTUAL = Pattern
            .compile("(?:-d \\S+ )?-i (\\S+) (?:-m set --match-set \\S+ dst )?-j ISTIO_REDIRECT");

    private Ours() {}

    static boolean isChain(String name) {
        return name.startsWith(Chain.PREFIX);
    }

    /**
     * Whether a rule of a hook is ours.
     *
     * @param wanted forms that are wanted in this chain, which are ours whatever they look like
     */
    static Predicate<LoadedRule> in(LoadedTable table, String tableName, String chain, Set<String> wanted) {
        Set<String> known = new HashSet<>(wanted);
        if (table.chains().keySet().stream().anyMatch(Ours::isChain)) {
            known.addAll(withoutJump(table, tableName, chain));
        }
        return rule -> known.contains(rule.form()) || (rule.target() != null && isChain(rule.target()));
    }

    private static Set<String> withoutJump(LoadedTable table, String tableName, String chain) {
        Set<String> forms = new HashSet<>();
        if (tableName.equals("mangle") && (chain.equals("PREROUTING") || chain.equals("OUTPUT"))) {
            table.rules(chain).stream().map(LoadedRule::form)
                    .filter(form -> TPROXY.stream().anyMatch(shape -> shape.matcher(form).matches())).forEach(forms::add);
        }
        if (chain.equals("PREROUTING") || chain.equals("OUTPUT")) {
            Set<String> names = interfaces(table);
            Pattern shape = chain.equals("PREROUTING") ? FROM_INTERFACE : TO_INTERFACE;
            table.rules(chain).stream().map(LoadedRule::form).filter(form -> names.contains(name(shape, form))).forEach(forms::add);
        }
        return forms;
    }

    /**
     * Interfaces that are left alone in both directions, which is how an exclusion is written, or whose other traffic is captured, as a virtual machine's.
     */
    private static Set<String> interfaces(LoadedTable table) {
        Set<String> names = names(FROM_INTERFACE, table.rules("PREROUTING"));
        names.retainAll(names(TO_INTERFACE, table.rules("OUTPUT")));
        names.addAll(names(VIRTUAL, table.rules("PREROUTING")));
        for (LoadedRule first : table.rules("PREROUTING")) {
            // Where nothing outbound is captured, a virtual machine has the return only, at the head of the chain.
            String name = name(FROM_INTERFACE, first.form());
            if (name.isEmpty()) {
                break;
            }
            names.add(name);
        }
        names.remove("");
        return names;
    }

    private static Set<String> names(Pattern shape, List<LoadedRule> rules) {
        Set<String> names = new HashSet<>();
        rules.forEach(rule -> names.add(name(shape, rule.form())));
        return names;
    }

    private static String name(Pattern shape, String form) {
        if (!form.contains("-i ") && !form.contains("-o ")) {
            return "";
        }
        Matcher matcher = shape.matcher(form);
        return matcher.matches() ? matcher.group(1) : "";
    }
}
