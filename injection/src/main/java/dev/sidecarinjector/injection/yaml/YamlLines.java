package dev.sidecarinjector.injection.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** In which line each key and each item of a text stands: for texts whose faults are to be told with their place. */
public final class YamlLines {
    private static final String MERGE = "<<";

    private final Map<List<String>, Integer> lines = new HashMap<>();
    /** Nodes are equal to themselves only. */
    private final Set<Node> seen = new HashSet<>();

    private YamlLines() {}

    /**
     * Reads a text of one document.
     *
     * @throws YamlException where it is no YAML, has a second document, or has a key twice in one map, of which {@link YamlReader} would take
     *         the last
     */
    public static YamlLines of(String text) {
        YamlLines all = new YamlLines();
        try {
            int documents = 0;
            for (Node root : new Compose(LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build()).composeAllFromString(text)) {
                if (++documents > 1) {
                    throw new YamlException("expected one document, found another one", line(root), 1);
                }
                all.collect(root, List.of());
            }
        } catch (YamlEngineException e) {
            throw YamlErrors.of(e, text);
        }
        return all;
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    private void collect(Node node, List<String> path) {
        // What an alias repeats keeps the place of its anchor; a node that holds itself ends here.
        if (!seen.add(node)) {
            return;
        }
        switch (node) {
            case MappingNode map -> members(map, path);
            case SequenceNode list -> {
                for (int i = 0; i < list.getValue().size(); i++) {
                    Node item = list.getValue().get(i);
                    List<String> below = below(path, Integer.toString(i));
                    lines.putIfAbsent(below, line(item));
                    collect(item, below);
                }
            }
            default -> {
            }
        }
    }

    private void members(MappingNode map, List<String> path) {
        Map<String, Integer> own = new HashMap<>();
        for (NodeTuple member : map.getValue()) {
            if (member.getKeyNode() instanceof ScalarNode key) {
                if (key.getValue().equals(MERGE)) {
                    continue;
                }
                Integer before = own.put(key.getValue(), line(key));
                if (before != null) {
                    throw new YamlException("the key \"" + key.getValue() + "\" stands here again, first in line " + before, line(key), 1);
                }
                List<String> below = below(path, key.getValue());
                lines.putIfAbsent(below, line(key));
                collect(member.getValueNode(), below);
            }
        }
    }

    private static List<String> below(List<String> path, String name) {
        List<String> below = new ArrayList<>(path);
        below.add(name);
        return below;
    }

    /** The line of what a path of keys and indexes leads to, from 1; of the nearest thing above it where it has no place of its own. */
    public int line(List<String> path) {
        for (int length = path.size(); length > 0; length--) {
            Integer line = lines.get(path.subList(0, length));
            if (line != null) {
                return line;
            }
        }
        return 1;
    }
}
