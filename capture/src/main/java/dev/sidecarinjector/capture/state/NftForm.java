package dev.sidecarinjector.capture.state;

import dev.sidecarinjector.capture.address.Cidr;
import dev.sidecarinjector.capture.address.IpAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A rule of nft in one form, whether nft listed it or we wrote it: listing leaves out what follows from something else, and spells differently. */
final class NftForm {
    private NftForm() {}

    static LoadedRule of(String text, Names names) {
        List<String> words = new ArrayList<>();
        String previous = "";
        for (String word : words(text)) {
            // Listed keys of meta information have the word, written ones may lack it.
            if (!word.equals("meta")) {
                words.add(form(previous, word, names));
                previous = word.equals("!=") ? previous : word;
            }
        }
        String form = String.join(" ", words);
        if (form.contains("tcp dport") || form.contains("tcp sport")) {
            form = form.replace("l4proto tcp ", "");
        }
        return new LoadedRule(text, form, target(words));
    }

    /** Without quotation marks and counts, and each list as one word. By hand, since four regular expressions take an interpreter longer than all the rest of a run. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean list = false;
        for (int i = 0; i <= text.length(); i++) {
            char letter = i < text.length() ? text.charAt(i) : ' ';
            if (Character.isWhitespace(letter)) {
                boolean goesOn = i < text.length() && (list || (!word.isEmpty() && word.charAt(word.length() - 1) == ','));
                if (!goesOn && !word.isEmpty()) {
                    words.add(word.toString());
                    word.setLength(0);
                    withoutCounts(words);
                }
            } else if (letter != '"') {
                list = letter == '{' || (list && letter != '}');
                word.append(letter);
            }
        }
        return words;
    }

    /** The end of {@code counter packets 3 bytes 180}, as soon as it is read. */
    private static void withoutCounts(List<String> words) {
        int counter = words.size() - 5;
        if (counter >= 0 && words.get(counter).equals("counter") && words.get(counter + 1).equals("packets")
                && words.get(counter + 3).equals("bytes")) {
            words.subList(counter + 1, words.size()).clear();
        }
    }

    private static String form(String previous, String word, Names names) {
        if (word.startsWith("{")) {
            String[] items = word.substring(1, word.length() - 1).split(",", -1);
            return "{" + String.join(",", Arrays.stream(items).map(item -> form(previous, item, names)).sorted().toList()) + "}";
        }
        return switch (previous) {
            case "skuid" -> number(Names.Kind.USER, word, names);
            case "skgid" -> number(Names.Kind.GROUP, word, names);
            case "dport", "sport" -> number(Names.Kind.SERVICE, word, names);
            case "saddr", "daddr" -> address(word);
            // Listed as a number where the image has no /etc/protocols.
            case "l4proto" -> word.equals("6") ? "tcp" : word.equals("17") ? "udp" : word;
            case "state" -> String.join(",", Arrays.stream(word.split(",", -1)).sorted().toList());
            case "mark", "set" -> word.startsWith("0x") ? Long.decode(word).toString() : word;
            default -> word;
        };
    }

    private static String number(Names.Kind kind, String word, Names names) {
        return word.equals("!=") ? word : IptablesForm.number(kind, word, names);
    }

    private static String address(String word) {
        Cidr cidr = Cidr.parse(word);
        if (cidr == null) {
            IpAddress address = IpAddress.parse(word);
            return address == null ? word : Cidr.of(address).toString();
        }
        return cidr.masked().toString();
    }

    private static String target(List<String> words) {
        int jump = words.indexOf("jump");
        return jump >= 0 && jump + 1 < words.size() ? words.get(jump + 1) : words.getLast();
    }
}
