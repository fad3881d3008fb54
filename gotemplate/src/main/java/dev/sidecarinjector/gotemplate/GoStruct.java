package dev.sidecarinjector.gotemplate;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value that a template sees as a Go struct: fields and methods under their Go names. It prints as {@code toString}, or as a {@link Stringer}
 * says; if that holds text of the input, it must be an {@link OriginMap} too.
 */
public interface GoStruct {
    /** What {@link #member} gives for a name that the struct does not have; the engine makes it an error, as Go does. */
    Object NO_SUCH_MEMBER = new Object();

    /**
     * The value of a field or of a niladic method, or {@link #NO_SUCH_MEMBER}. A {@link Function} is a method and is called with the arguments
     * that the template gives. Null is a nil pointer, in which looking for a field is an error; a nil map is an empty map.
     */
    @Nullable
    Object member(String name);

    /** The Go type as error messages and {@code %T} name it: {@code v1.ObjectMeta}. */
    String goType();

    /** Its fields as Go's JSON has them: by their names there, in the order of their declaration; null for one that JSON cannot show. */
    default @Nullable Map<String, @Nullable Object> jsonFields() {
        return null;
    }

    /** What a condition makes of it: a struct is true; a nil pointer, whose niladic methods can still be called, and an enum of value 0 are not. */
    default boolean isTrue() {
        return true;
    }
}
