package dev.sidecarinjector.gotemplate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code with}, {@code else with} and {@code else}: as {@link If}, but dot is the value of the condition. */
record With(List<If.Branch> branches, Node otherwise) implements Node {
    @Override
    public Flow exec(Frame frame, @Nullable Object dot) {
        for (int i = 0; i < branches.size(); i++) {
            If.Branch branch = branches.get(i);
            Object value = branch.condition().eval(frame, dot);
            if (GoTruth.isTrue(value)) {
                return branch.body().exec(frame, value);
            }
        }
        return otherwise.exec(frame, dot);
    }
}
