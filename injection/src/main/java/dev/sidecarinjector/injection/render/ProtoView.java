package dev.sidecarinjector.injection.render;

import dev.sidecarinjector.gotemplate.GoStruct;
import dev.sidecarinjector.gotemplate.Origin;
import org.jspecify.annotations.Nullable;

/** A protobuf message as a template sees it, which {@code protoToJSON} can print. */
public interface ProtoView extends GoStruct {
    /** Canonical JSON on one line. */
    String json();

    /** Whose text it holds, or null where the operator wrote all of it. */
    @Nullable
    Origin origin();
}
