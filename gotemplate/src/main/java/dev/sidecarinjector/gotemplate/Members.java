package dev.sidecarinjector.gotemplate;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields and methods of values that are not maps: of {@link GoStruct}s, and of Java records by reflection. */
final class Members {
    private static final List<String> OBJECT_METHODS = List.of("HashCode", "ToString", "hashCode", "toString", "Equals", "equals");

    private Members() {}

    /** A field, or the result of a method without arguments, or {@link GoStruct#NO_SUCH_MEMBER}. */
    static @Nullable Object get(Object owner, String name) {
        return find(owner, name, Collections.emptyList());
    }

    /** The result of a method. */
    static @Nullable Object call(Object owner, String name, List<@Nullable Object> arguments) {
        if (owner instanceof Map<?, ?>) {
            throw new FunctionFailure(name + " is not a method but has arguments");
        }
        Object result = find(owner, name, arguments);
        if (GoStruct.NO_SUCH_MEMBER.equals(result)) {
            throw new FunctionFailure("can't evaluate field " + name + " in type " + GoTypes.name(owner));
        }
        return result;
    }

    private static @Nullable Object find(Object owner, String name, List<@Nullable Object> arguments) {
        if (owner instanceof GoStruct struct) {
            Object member = struct.member(name);
            if (member instanceof Function method) {
                return Marking.call(method, new Call(name, arguments));
            }
            if (!GoStruct.NO_SUCH_MEMBER.equals(member) && !arguments.isEmpty()) {
                throw new FunctionFailure(name + " has arguments but cannot be invoked as function");
            }
            return member;
        }
        if (owner instanceof Record && !(owner instanceof OriginText)) {
            return invoke(owner, name, arguments);
        }
        return GoStruct.NO_SUCH_MEMBER;
    }

    private static @Nullable Object invoke(Object owner, String name, List<@Nullable Object> arguments) {
        Method method = method(owner.getClass(), name, arguments.size());
        if (method == null) {
            return GoStruct.NO_SUCH_MEMBER;
        }
        try {
            return method.invoke(owner, arguments.toArray());
        } catch (InvocationTargetException e) {
            throw new FunctionFailure("error calling " + name + ": " + e.getCause());
        } catch (IllegalAccessException | IllegalArgumentException e) {
            throw new FunctionFailure("can't call " + name + ": " + e.getMessage());
        }
    }

    /** The public method that a record itself declares, under its name or with the first letter in upper case. */
    private static @Nullable Method method(Class<?> type, String name, int arguments) {
        if (OBJECT_METHODS.contains(name)) {
            return null;
        }
        String lower = Character.toLowerCase(name.charAt(0)) + name.substring(1);
        for (Method method : type.getDeclaredMethods()) {
            boolean named = method.getName().equals(name) || method.getName().equals(lower);
            if (named && method.getParameterCount() == arguments && isPublicMember(method)) {
                method.setAccessible(true);
                return method;
            }
        }
        return null;
    }

    /** The components of a record by their names in Go, in order. */
    static Map<String, @Nullable Object> fields(Record struct) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (RecordComponent component : struct.getClass().getRecordComponents()) {
            String name = component.getName();
            fields.put(Character.toUpperCase(name.charAt(0)) + name.substring(1), get(struct, name));
        }
        return fields;
    }

    private static boolean isPublicMember(Method method) {
        return Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers());
    }
}
