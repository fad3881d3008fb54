package dev.sidecarinjector.capture.state;

import dev.sidecarinjector.capture.rules.Chain;
import dev.sidecarinjector.capture.state.Wanted.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Changes a hook's chain, where rules of others stand too: theirs stay, in their order, and ours that are wanted stay where they are. */
final class HookEdit {
    /** A rule of the resulting chain; new ones have words to add them with. */
    private record Place(@Nullable Entry entry, boolean isNew) {}

    private final String chain;
    private final List<Entry> wanted;
    private final int[] kept;
    private final List<LoadedRule> current;
    private final List<Integer> ours;
    private final List<Place> result = new ArrayList<>();
    /** Where our old jump stood that was once appended, counted in rules that remain; -1 if there was none. */
    private int oldPlace = -1;

    HookEdit(String chain, List<LoadedRule> current, Predicate<LoadedRule> isOurs, List<Entry> wanted) {
        this.chain = chain;
        this.wanted = wanted;
        this.current = current;
        ours = IntStream.range(0, current.size()).filter(i -> isOurs.test(current.get(i))).boxed().toList();
        kept = CommonOrder.of(ours.stream().map(i -> current.get(i).form()).toList(), wanted.stream().map(Entry::form).toList());
    }

    /** Options for iptables-restore: deletions, then insertions at positions that count the rules before them. */
    List<String> commands() {
        List<String> commands = new ArrayList<>();
        Map<Integer, Entry> stays = new HashMap<>();
        for (int i = 0; i < kept.length; i++) {
            if (kept[i] >= 0) {
                stays.put(ours.get(kept[i]), wanted.get(i));
            }
        }
        Set<Integer> old = new HashSet<>(ours);
        for (int i = 0; i < current.size(); i++) {
            if (!old.contains(i) || stays.containsKey(i)) {
                result.add(new Place(stays.get(i), false));
            } else {
                oldPlace = oldPlace < 0 && wasAppended(current.get(i)) ? result.size() : oldPlace;
                commands.add("-D " + chain + " " + current.get(i).text());
            }
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (kept[i] < 0) {
                place(wanted.get(i), i);
            }
        }
        int end = result.size();
        while (end > 0 && result.get(end - 1).isNew()) {
            end--;
        }
        for (int i = 0; i < result.size(); i++) {
            Entry entry = result.get(i).entry();
            if (result.get(i).isNew() && entry != null) {
                commands.add((i >= end ? "-A " + chain : "-I " + chain + " " + (i + 1)) + " " + entry.text());
            }
        }
        return commands;
    }

    /** After our rule before it, else before our rule after it, else where our old jump was, else where a first run would put it. */
    private void place(Entry entry, int index) {
        boolean inserted = entry.rule().insertAt() > 0;
        for (int i = index - 1; i >= 0; i--) {
            // What is appended does not follow what is inserted at the head: rules of others may stand between.
            if (inserted || wanted.get(i).rule().insertAt() == 0) {
                add(indexOf(wanted.get(i)) + 1, entry);
                return;
            }
        }
        for (int i = index + 1; i < wanted.size(); i++) {
            if (kept[i] >= 0 && (!inserted || wanted.get(i).rule().insertAt() > 0)) {
                add(indexOf(wanted.get(i)), entry);
                return;
            }
        }
        add(inserted ? 0 : oldPlace >= 0 ? oldPlace : result.size(), entry);
    }

    /** The jump for virtual machines is the only one that stands at the head of a hook. */
    private static boolean wasAppended(LoadedRule rule) {
        return rule.target() != null && Ours.isChain(rule.target()) && !rule.target().equals(Chain.ISTIO_REDIRECT.name());
    }

    private void add(int index, Entry entry) {
        result.add(index, new Place(entry, true));
        if (oldPlace >= index) {
            oldPlace++;
        }
    }

    private int indexOf(Entry entry) {
        for (int i = 0; i < result.size(); i++) {
            if (result.get(i).entry() == entry) {
                return i;
            }
        }
        throw new IllegalStateException("not placed yet: " + entry + " of " + Arrays.toString(kept));
    }
}
