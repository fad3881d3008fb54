package dev.sidecarinjector.gotemplate;

import java.util.ArrayList;
import java.util.List;

/** The variables that are visible at a place of a template, each with its slot in the {@link Frame}. */
final class Scope {
    /** No variable of that name was ever mentioned: a syntax error. */
    static final int UNKNOWN = -2;
    /** Something was assigned to the name before it was declared: Go finds out while rendering. */
    static final int UNDECLARED = -1;

    private record Entry(String name, int slot, boolean hidden) {}

    private final List<Entry> entries = new ArrayList<>();
    private int size;

    Scope() {
        declare("$");
    }

    int declare(String name) {
        return add(name, entries.size());
    }

    /** The slot of an assignment's target. */
    int assign(String name) {
        int slot = find(name);
        return slot == UNKNOWN ? add(name, UNDECLARED) : slot;
    }

    private int add(String name, int slot) {
        entries.add(new Entry(name, slot, false));
        size = Math.max(size, entries.size());
        return slot;
    }

    /** The slot of a name, or {@link #UNKNOWN} or {@link #UNDECLARED}. */
    int find(String name) {
        int slot = UNKNOWN;
        for (int i = entries.size() - 1; i >= 0; i--) {
            Entry entry = entries.get(i);
            if (entry.name.equals(name)) {
                if (!entry.hidden) {
                    return entry.slot;
                }
                slot = UNDECLARED;
            }
        }
        return slot;
    }

    /**
     * Hides the variables declared since the mark: Go's parser still knows them in the {@code else} behind the branch that declared them, but
     * they have no value there.
     */
    void hide(int mark) {
        entries.subList(mark, entries.size()).replaceAll(entry -> new Entry(entry.name, UNDECLARED, true));
    }

    int mark() {
        return entries.size();
    }

    /** Forgets the variables declared since the mark. */
    void release(int mark) {
        entries.subList(mark, entries.size()).clear();
    }

    /** How many slots a frame needs. */
    int size() {
        return size;
    }
}
