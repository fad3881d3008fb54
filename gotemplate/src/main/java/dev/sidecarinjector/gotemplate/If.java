package dev.sidecarinjector.gotemplate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code if}, {@code else if} and {@code else} */
record If(List<Branch> branches, Node otherwise) implements Node {
    /** What is executed when its condition is the first that holds. */
    record Branch(Expr condition, Node body) {}

    @Override
    public Flow exec(Frame frame, @Nullable Object dot) {
        for (int i = 0; i < branches.size(); i++) {
            Branch branch = branches.get(i);
            if (GoTruth.isTrue(branch.condition.eval(frame, dot))) {
                return branch.body.exec(frame, dot);
            }
        }
        return otherwise.exec(frame, dot);
    }
}
