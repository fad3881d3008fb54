package dev.sidecarinjector.capture.state;

import java.util.List;

/** What separates the rules in the kernel from the wanted ones. */
public record Plan(List<Change> changes) {
    /** Whether everything is as it is wanted, and nothing of ours besides. */
    public boolean isDone() {
        for (Change change : changes) {
            if (!(change instanceof Change.Keep)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a chain has to be written anew. */
    boolean touches(String table, String chain) {
        for (Change change : changes) {
            if (!(change instanceof Change.Keep) && change.table().equals(table) && change.chain().equals(chain)) {
                return true;
            }
        }
        return false;
    }
}
