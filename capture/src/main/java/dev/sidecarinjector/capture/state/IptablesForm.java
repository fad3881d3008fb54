package dev.sidecarinjector.capture.state;

import dev.sidecarinjector.capture.address.Cidr;
import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.address.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A rule of iptables in the form in which the kernel gives it back: fixed order, numbers instead of names, defaults spelled out. */
final class IptablesForm {
    private static final String FULL_MASK = "/0xffffffff";
    /** Conditions of every packet, in the order in which they are listed. */
    private static final List<String> BASIC = List.of("-s", "-d", "-i", "-o", "-p");

    private final Family family;
    private final Names names;
    private final Map<Integer, String> basic = new TreeMap<>();
    private final List<String> modules = new ArrayList<>();
    private final List<String> targetOptions = new ArrayList<>();
    private String protocol = "";
    private String module = "";
    private @Nullable String target;
    private String jump = "-j";

    private IptablesForm(Family family, Names names) {
        this.family = family;
        this.names = names;
    }

    /** From words as they are listed or as they are given, without the chain. */
    static LoadedRule of(List<String> words, String text, Family family, Names names) {
        if (words.size() == 4 && words.get(0).equals("-d") && words.get(2).equals("-j")) {
            LoadedRule ofList = ofList(words, text);
            if (ofList != null) {
                return ofList;
            }
        }
        IptablesForm form = new IptablesForm(family, names);
        form.read(words);
        return new LoadedRule(text, form.text(), form.target);
    }

    /** Most rules of a long list look alike; they are read without detours. Null where the general way has something to say. */
    private static @Nullable LoadedRule ofList(List<String> words, String text) {
        String target = words.get(3);
        String address = address(words.get(1));
        boolean plain = target.equals("RETURN") || target.equals("ISTIO_REDIRECT");
        return plain && !address.endsWith("/0") ? new LoadedRule(text, "-d " + address + " -j " + target, target) : null;
    }

    private void read(List<String> words) {
        boolean negated = false;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            switch (word) {
                case "!" -> {
                    negated = true;
                    continue;
                }
                case "-s", "-d", "-i", "-o", "-p" -> basic(word, negated, words.get(++i));
                case "-m" -> module(words.get(++i));
                case "-j", "-g" -> {
                    jump = word;
                    target = words.get(++i);
                    target(words.subList(i + 1, words.size()));
                    return;
                }
                default -> {
                    int end = i + 1;
                    while (end < words.size() && !words.get(end).startsWith("-") && !words.get(end).equals("!")) {
                        end++;
                    }
                    option(word, negated, words.subList(i + 1, end));
                    i = end - 1;
                }
            }
            negated = false;
        }
    }

    private void basic(String option, boolean negated, String value) {
        String text = value.strip();
        if (option.equals("-s") || option.equals("-d")) {
            text = address(text);
            if (text.endsWith("/0") && !negated) {
                return;
            }
        } else if (option.equals("-p")) {
            text = text.toLowerCase(Locale.ROOT);
            protocol = text;
        }
        basic.put(BASIC.indexOf(option), (negated ? "! " : "") + option + " " + text);
    }

    /** A port without a module is the protocol's. */
    private void module(String name) {
        module = name;
        modules.add("-m " + name);
    }

    private static String address(String text) {
        Cidr cidr = Cidr.parse(text);
        if (cidr == null) {
            IpAddress address = IpAddress.parse(text);
            cidr = address == null ? null : Cidr.of(address);
        }
        return cidr == null ? text : cidr.masked().toString();
    }

    private void option(String option, boolean negated, List<String> values) {
        if (module.isEmpty()) {
            module(protocol);
        }
        String name = switch (option) {
            case "--destination-port" -> "--dport";
            case "--source-port" -> "--sport";
            default -> option;
        };
        String value = String.join(" ", values);
        String text = switch (name) {
            case "--dport", "--sport" -> port(value.strip());
            case "--dports", "--sports" -> String.join(",", List.of(value.split(",", -1)).stream().map(this::port).toList());
            case "--uid-owner" -> number(Names.Kind.USER, value.strip());
            case "--gid-owner" -> number(Names.Kind.GROUP, value.strip());
            case "--mark" -> mark(value.strip(), "");
            default -> value;
        };
        modules.add((negated ? "! " : "") + name + (text.isEmpty() ? "" : " " + text));
    }

    private String port(String text) {
        String[] ends = text.split(":", 2);
        String first = number(Names.Kind.SERVICE, ends[0]);
        return ends.length == 1 || ends[1].equals(ends[0]) ? first : first + ":" + number(Names.Kind.SERVICE, ends[1]);
    }

    private String number(Names.Kind kind, String text) {
        return number(kind, text, names);
    }

    /** In decimal: programs take a leading zero for octal, as C does. */
    static String number(Names.Kind kind, String text, Names names) {
        if (text.isEmpty() || !Character.isDigit(text.charAt(0))) {
            OptionalLong number = names.number(kind, text);
            return number.isPresent() ? Long.toString(number.getAsLong()) : text;
        }
        try {
            return text.charAt(0) == '0' ? Long.toString(Long.decode(text)) : text;
        } catch (NumberFormatException _) {
            return text;
        }
    }

    /** Value and mask in hexadecimal; a full mask is not shown, or as {@code shownMask}. */
    private static String mark(String text, String shownMask) {
        String[] parts = text.split("/", 2);
        String value = hex(parts[0]);
        return value + (parts.length == 1 || hex(parts[1]).equals(FULL_MASK.substring(1)) ? shownMask : "/" + hex(parts[1]));
    }

    private static String hex(String text) {
        try {
            return "0x" + Long.toHexString(Long.decode(text));
        } catch (NumberFormatException _) {
            return text;
        }
    }

    private void target(List<String> options) {
        String text = String.join(" ", options);
        switch (String.valueOf(target)) {
            case "REDIRECT" ->
                targetOptions.add(text.startsWith("--to-port ") ? "--to-ports " + text.substring("--to-port ".length()) : text);
            case "MARK" -> targetOptions.add(options.size() == 2 ? "--set-xmark " + mark(options.get(1), FULL_MASK) : text);
            case "CONNMARK" -> targetOptions
                    .add(options.size() == 1 ? text + " --nfmask 0xffffffff --ctmask 0xffffffff" : text);
            case "TPROXY" -> targetOptions.add(tproxy(options));
            default -> targetOptions.addAll(options);
        }
    }

    private String tproxy(List<String> options) {
        Map<String, String> values = new TreeMap<>();
        for (int i = 0; i + 1 < options.size(); i += 2) {
            values.put(options.get(i), options.get(i + 1));
        }
        return "--on-port " + values.getOrDefault("--on-port", "0") + " --on-ip "
                + values.getOrDefault("--on-ip", family == Family.IPV4 ? "0.0.0.0" : "::") + " --tproxy-mark "
                + mark(values.getOrDefault("--tproxy-mark", "0"), FULL_MASK);
    }

    private String text() {
        List<String> all = new ArrayList<>(basic.values());
        all.addAll(modules);
        if (target != null) {
            all.add(jump + " " + target);
            all.addAll(targetOptions);
        }
        return String.join(" ", all);
    }
}
