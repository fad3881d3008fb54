package dev.sidecarinjector.gotemplate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Nodes one after the other. */
final class Sequence implements Node {
    private final Node[] nodes;

    private Sequence(List<Node> nodes) {
        this.nodes = nodes.toArray(new Node[0]);
    }

    static Node of(List<Node> nodes) {
        return nodes.size() == 1 ? nodes.getFirst() : new Sequence(nodes);
    }

    List<Node> nodes() {
        return List.of(nodes);
    }

    @Override
    public Flow exec(Frame frame, @Nullable Object dot) {
        for (Node node : nodes) {
            Flow flow = node.exec(frame, dot);
            if (flow != Flow.NEXT) {
                return flow;
            }
        }
        return Flow.NEXT;
    }
}
