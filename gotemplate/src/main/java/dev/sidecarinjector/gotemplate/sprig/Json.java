package dev.sidecarinjector.gotemplate.sprig;

import dev.sidecarinjector.gotemplate.Call;
import dev.sidecarinjector.gotemplate.Function;
import dev.sidecarinjector.gotemplate.FunctionFailure;
import org.jspecify.annotations.Nullable;

/** Functions from and to JSON; those without {@code must} swallow errors, as Sprig documents them. */
final class Json {
    private Json() {}

    static @Nullable Function find(String name) {
        return switch (name) {
            case "fromJson" -> call -> read(call, false);
            case "mustFromJson" -> call -> read(call, true);
            case "toJson" -> call -> write(call, true, false, false);
            case "mustToJson" -> call -> write(call, true, false, true);
            case "toPrettyJson" -> call -> write(call, true, true, false);
            case "mustToPrettyJson" -> call -> write(call, true, true, true);
            case "toRawJson", "mustToRawJson" -> call -> write(call, false, false, true);
            default -> null;
        };
    }

    private static @Nullable Object read(Call call, boolean must) {
        Arguments.exactly(call, 1);
        Arguments.text(call, 0);
        try {
            return JsonReader.read(call.argument(0));
        } catch (FunctionFailure failure) {
            if (must) {
                throw failure;
            }
            return null;
        }
    }

    private static Object write(Call call, boolean html, boolean pretty, boolean must) {
        Arguments.exactly(call, 1);
        call.touchAll(call.argument(0));
        call.markEncoded();
        try {
            return JsonWriter.write(call.argument(0), html, pretty);
        } catch (FunctionFailure failure) {
            if (must) {
                throw failure;
            }
            return "";
        }
    }
}
