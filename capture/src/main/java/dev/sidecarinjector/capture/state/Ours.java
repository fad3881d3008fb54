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
    private static final String FROM = "-i ";
    private static final String TO = "-o ";

    /** Rules of TPROXY, and of virtual machines; apart, since most pods have neither, and making expressions takes longer than all else here. */
    private static final class Shapes {
        static final List<Pattern> TPROXY = List.of(
                Pattern.compile("-p tcp -m mark --mark \\S+ -j CONNMARK --save-mark --nfmask 0xffffffff --ctmask 0xffffffff"),
                Pattern.compile("-p tcp -m connmark --mark \\S+ -j CONNMARK --restore-mark --nfmask 0xffffffff --ctmask 0xffffffff"),
                Pattern.compile("-o lo -p tcp -m mark --mark \\S+ -j RETURN"),
                Pattern.compile("! -d \\S+ -o lo -p tcp -m owner --[ug]id-owner \\S+ -j MARK --set-xmark 0x53a/0xffffffff"));
        static final Pattern VIRTUAL = Pattern
                .compile("(?:-d \\S+ )?-i (\\S+) (?:-m set --match-set \\S+ dst )?-j ISTIO_REDIRECT");

        private Shapes() {}

        static boolean isOfTproxy(String form) {
            for (Pattern shape : TPROXY) {
                if (shape.matcher(form).matches()) {
                    return true;
                }
            }
            return false;
        }

        /** Empty where it is none. */
        static String virtualInterface(String form) {
            Matcher matcher = VIRTUAL.matcher(form);
            return matcher.matches() ? matcher.group(1) : "";
        }
    }

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
        for (String name : table.chains().keySet()) {
            if (isChain(name)) {
                known.addAll(withoutJump(table, tableName, chain));
                break;
            }
        }
        return rule -> known.contains(rule.form()) || (rule.target() != null && isChain(rule.target()));
    }

    private static Set<String> withoutJump(LoadedTable table, String tableName, String chain) {
        Set<String> forms = new HashSet<>();
        boolean incoming = chain.equals("PREROUTING");
        if (!incoming && !chain.equals("OUTPUT")) {
            return forms;
        }
        Set<String> names = interfaces(table);
        for (LoadedRule rule : table.rules(chain)) {
            String form = rule.form();
            if (names.contains(returned(incoming ? FROM : TO, form)) || (tableName.equals("mangle") && Shapes.isOfTproxy(form))) {
                forms.add(form);
            }
        }
        return forms;
    }

    /**
     * Interfaces that are left alone in both directions, which is how an exclusion is written, or whose other traffic is captured, as a virtual machine's.
     */
    private static Set<String> interfaces(LoadedTable table) {
        Set<String> names = returned(FROM, table.rules("PREROUTING"));
        names.retainAll(returned(TO, table.rules("OUTPUT")));
        for (LoadedRule rule : table.rules("PREROUTING")) {
            if (rule.form().contains(FROM)) {
                names.add(Shapes.virtualInterface(rule.form()));
            }
        }
        for (LoadedRule first : table.rules("PREROUTING")) {
            // Where nothing outbound is captured, a virtual machine has the return only, at the head of the chain.
            String name = returned(FROM, first.form());
            if (name.isEmpty()) {
                break;
            }
            names.add(name);
        }
        names.remove("");
        return names;
    }

    private static Set<String> returned(String option, List<LoadedRule> rules) {
        Set<String> names = new HashSet<>();
        for (LoadedRule rule : rules) {
            names.add(returned(option, rule.form()));
        }
        return names;
    }

    /** The interface of a rule that does nothing but let its packets return; empty for any other. */
    private static String returned(String option, String form) {
        String end = " -j RETURN";
        if (form.length() < option.length() + end.length() || !form.startsWith(option) || !form.endsWith(end)) {
            return "";
        }
        String name = form.substring(option.length(), form.length() - end.length());
        return name.indexOf(' ') < 0 ? name : "";
    }
}
