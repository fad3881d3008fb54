package dev.sidecarinjector.gotemplate;

import org.jspecify.annotations.Nullable;

/** A value that a template sees as a Go struct: fields and niladic methods under their Go names. */
public interface GoStruct {
    /** What {@link #member} gives for a name that the struct does not have; the engine makes it an error, as Go does. */
    Object NO_SUCH_MEMBER = new Object();

    /** The value of a field or of a niladic method, or {@link #NO_SUCH_MEMBER}. */
    @Nullable
    Object member(String name);

    /** The Go type as error messages and {@code %T} name it: {@code v1.ObjectMeta}. */
    String goType();

    /** What a condition makes of it: a struct is true; a nil pointer, whose niladic methods can still be called, and an enum of value 0 are not. */
    default boolean isTrue() {
        return true;
    }
}
