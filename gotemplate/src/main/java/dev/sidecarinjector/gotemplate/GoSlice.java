package dev.sidecarinjector.gotemplate;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** A Go slice of another type than {@code []interface {}} ({@code []string}, {@code []int}, {@code [][]interface {}}), or a nil slice of any type. */
public final class GoSlice extends AbstractList<@Nullable Object> implements RandomAccess {
    private final String type;
    private final @Nullable List<? extends @Nullable Object> elements;

    /**
     * @param type     as {@code %T} prints it
     * @param elements null for a nil slice: it has no elements and its JSON is {@code null}
     */
    public GoSlice(String type, @Nullable List<? extends @Nullable Object> elements) {
        this.type = type;
        this.elements = elements;
    }

    /** The type as {@code %T} prints it. */
    public String goType() {
        return type;
    }

    public boolean isNil() {
        return elements == null;
    }

    @Override
    public @Nullable Object get(int index) {
        if (elements == null) {
            throw new IndexOutOfBoundsException(index);
        }
        return elements.get(index);
    }

    @Override
    public int size() {
        return elements == null ? 0 : elements.size();
    }
}
