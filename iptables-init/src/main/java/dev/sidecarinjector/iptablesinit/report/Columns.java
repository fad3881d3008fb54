package dev.sidecarinjector.iptablesinit.report;

import java.util.ArrayList;
import java.util.List;

/** Lines whose cells stand under each other; the last cell of a line is as long as it is. */
final class Columns {
    private final List<List<String>> lines = new ArrayList<>();

    void add(String... cells) {
        lines.add(List.of(cells));
    }

    @Override
    public String toString() {
        List<Integer> widths = new ArrayList<>();
        for (List<String> line : lines) {
            for (int i = 0; i + 1 < line.size(); i++) {
                if (widths.size() <= i) {
                    widths.add(0);
                }
                widths.set(i, Math.max(widths.get(i), line.get(i).length()));
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            for (int i = 0; i < line.size(); i++) {
                text.append("  ").append(line.get(i));
                if (i + 1 < line.size()) {
                    text.append(" ".repeat(widths.get(i) - line.get(i).length()));
                }
            }
            text.append('\n');
        }
        return text.toString();
    }
}
