// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.record;

import io.datasetdb.ProgramError;
import io.datasetdb.error.DatasetDbException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A record class: its components in order, how to take it apart and how to make one. */
final class RecordShape {
    private final Class<?> type;
    private final List<RecordComponent> components;
    private final Constructor<?> constructor;

    private RecordShape(Class<?> type, List<RecordComponent> components, Constructor<?> constructor) {
        this.type = type;
        this.components = components;
        this.constructor = constructor;
    }

    static RecordShape of(Class<?> type) {
        if (!type.isRecord()) {
            throw new DatasetDbException(
                    ProgramError.UNSUPPORTED_TYPE, "Cannot use class " + type.getTypeName() + ": it is no record");
        }
        List<RecordComponent> components = List.of(type.getRecordComponents());
        checkNames(type, components);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            components.forEach(component -> component.getAccessor().setAccessible(true));
            return new RecordShape(type, components, constructor);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new DatasetDbException(
                    ProgramError.UNSUPPORTED_TYPE,
                    "Cannot use record " + type.getTypeName() + ": its constructor cannot be called (" + e + ")",
                    e);
        }
    }

    /** Columns have names that differ in more than case, and a table has at least one. */
    private static void checkNames(Class<?> type, List<RecordComponent> components) {
        Set<String> names = new HashSet<>();
        String reason = components.isEmpty() ? "it has no components" : null;
        for (RecordComponent component : components) {
            if (!names.add(component.getName().toLowerCase(Locale.ROOT))) {
                reason = "two components differ in case only (" + component.getName() + ")";
            }
        }
        if (reason != null) {
            throw new DatasetDbException(
                    ProgramError.UNSUPPORTED_TYPE, "Cannot use record " + type.getTypeName() + ": " + reason);
        }
    }

    List<RecordComponent> components() {
        return components;
    }

    @Nullable
    Object get(Object instance, int component) {
        try {
            return components.get(component).getAccessor().invoke(instance);
        } catch (InvocationTargetException e) {
            throw new DatasetDbException(
                    ProgramError.BAD_VALUE,
                    "Cannot take component " + components.get(component).getName() + " of " + type.getSimpleName()
                            + ": its accessor failed (" + e.getCause() + ")",
                    e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    Object create(@Nullable Object[] values) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new DatasetDbException(
                    ProgramError.BAD_VALUE,
                    "Cannot make a " + type.getSimpleName() + ": its constructor refused the row "
                            + Arrays.toString(values) + " (" + e.getCause() + ")",
                    e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
