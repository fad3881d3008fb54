package dev.sidecarinjector.capture.state;

import dev.sidecarinjector.capture.rules.Chain;
import dev.sidecarinjector.capture.state.Wanted.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Changes a hook's chain, where rules of others stand too: theirs stay, in their order, and ours that are wanted stay where they are. */
final class HookEdit {
    /**
     * A rule of the resulting chain.
     *
     * @param wanted its index among the wanted ones; negative for a rule of others
     * @param isNew  whether it is to be added
     */
    private record Place(int wanted, boolean isNew) {}

    private final String chain;
    private final List<Entry> wanted;
    private final int[] kept;
    private final List<LoadedRule> current;
    private final List<Integer> ours;
    private final boolean anew;
    private final List<Place> result = new ArrayList<>();
    /** Where our old jump stood that was once appended, counted in rules that remain; -1 if there was none. */
    private int oldPlace = -1;

    /**
     * For one chain.
     *
     * @param anew whether ours that are wanted are taken away and added again, too
     */
    HookEdit(String chain, List<LoadedRule> current, Predicate<LoadedRule> isOurs, List<Entry> wanted, boolean anew) {
        this.anew = anew;
        this.chain = chain;
        this.wanted = wanted;
        this.current = current;
        ours = new ArrayList<>();
        List<String> loaded = new ArrayList<>();
        for (int i = 0; i < current.size(); i++) {
            if (isOurs.test(current.get(i))) {
                ours.add(i);
                loaded.add(current.get(i).form());
            }
        }
        List<String> asked = new ArrayList<>();
        for (Entry entry : wanted) {
            asked.add(entry.form());
        }
        kept = CommonOrder.of(loaded, asked);
    }

    /** Options for iptables-restore: deletions, then insertions at positions that count the rules before them. */
    List<String> commands() {
        List<String> commands = new ArrayList<>();
        Map<Integer, Integer> stays = new HashMap<>();
        for (int i = 0; i < kept.length; i++) {
            if (kept[i] >= 0) {
                stays.put(ours.get(kept[i]), i);
            }
        }
        Set<Integer> old = new HashSet<>(ours);
        for (int i = 0; i < current.size(); i++) {
            boolean isStaying = !old.contains(i) || stays.containsKey(i);
            if (isStaying) {
                result.add(new Place(stays.getOrDefault(i, -1), anew && old.contains(i)));
            } else {
                oldPlace = oldPlace < 0 && wasAppended(current.get(i)) ? result.size() : oldPlace;
            }
            if (old.contains(i) && (anew || !isStaying)) {
                commands.add("-D " + chain + " " + current.get(i).text());
            }
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (kept[i] < 0) {
                place(i);
            }
        }
        int end = result.size();
        while (end > 0 && result.get(end - 1).isNew()) {
            end--;
        }
        for (int i = 0; i < result.size(); i++) {
            if (result.get(i).isNew()) {
                commands.add((i >= end ? "-A " + chain : "-I " + chain + " " + (i + 1)) + " " + wanted.get(result.get(i).wanted()).text());
            }
        }
        return commands;
    }

    /** After our rule before it, else before our rule after it, else where our old jump was, else where a first run would put it. */
    private void place(int index) {
        boolean inserted = wanted.get(index).rule().insertAt() > 0;
        for (int i = index - 1; i >= 0; i--) {
            // What is appended does not follow what is inserted at the head: rules of others may stand between.
            if (inserted || wanted.get(i).rule().insertAt() == 0) {
                add(indexOf(i) + 1, index);
                return;
            }
        }
        for (int i = index + 1; i < wanted.size(); i++) {
            if (kept[i] >= 0 && (!inserted || wanted.get(i).rule().insertAt() > 0)) {
                add(indexOf(i), index);
                return;
            }
        }
        add(inserted ? 0 : oldPlace >= 0 ? oldPlace : result.size(), index);
    }

    /** The jump for virtual machines is the only one that stands at the head of a hook. */
    private static boolean wasAppended(LoadedRule rule) {
        return rule.target() != null && Ours.isChain(rule.target()) && !rule.target().equals(Chain.ISTIO_REDIRECT.name());
    }

    private void add(int at, int index) {
        result.add(at, new Place(index, true));
        if (oldPlace >= at) {
            oldPlace++;
        }
    }

    private int indexOf(int index) {
        for (int i = 0; i < result.size(); i++) {
            if (result.get(i).wanted() == index) {
                return i;
            }
        }
        throw new IllegalStateException("not placed yet: " + wanted.get(index));
    }
}
