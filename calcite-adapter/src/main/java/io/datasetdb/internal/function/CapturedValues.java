// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.function;

import java.io.File;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a function captured, as text. Values (numbers, text, dates, enums, paths; arrays, collections, maps and records of
 * them) are told by what they are. Of any other object nobody knows what it will answer, so that it is only equal to itself,
 * and only as long as the process lives.
 */
public final class CapturedValues {
    /** Deeper ones are objects like any other; one may hold itself. */
    private static final int DEEPEST = 10;

    private CapturedValues() {}

    /** A text that differs from that of any other value. */
    public static String text(@Nullable Object value) {
        return text(value, 0);
    }

    private static String text(@Nullable Object value, int depth) {
        if (value == null) {
            return "null";
        }
        Class<?> type = value.getClass();
        if (isPlain(value)) {
            String text = value instanceof Enum<?> constant ? constant.name() : value.toString();
            return type.getName() + " " + text.length() + ":" + text;
        }
        if (depth == DEEPEST || isShared(type)) {
            return object(value);
        }
        if (type.isArray()) {
            List<@Nullable Object> elements = new ArrayList<>();
            for (int i = 0; i < Array.getLength(value); i++) {
                elements.add(Array.get(value, i));
            }
            return type.getName() + texts(elements, depth);
        }
        if (value instanceof List<?> list) {
            return "List" + texts(list, depth);
        }
        if (value instanceof Collection<?> collection && isOfJava(type)) {
            return "Collection" + sorted(collection, depth);
        }
        if (value instanceof Map<?, ?> map && isOfJava(type)) {
            return "Map"
                    + sorted(
                            map.entrySet().stream()
                                    .map(entry -> texts(Arrays.asList(entry.getKey(), entry.getValue()), depth))
                                    .toList(),
                            depth);
        }
        if (type.isRecord()) {
            return type.getName() + texts(components(value), depth);
        }
        return hasNoFields(type) ? type.getName() : object(value);
    }

    private static boolean isPlain(Object value) {
        return value instanceof Number && isOfJava(value.getClass()) && !isShared(value.getClass())
                || value instanceof String
                || value instanceof Boolean
                || value instanceof Character
                || value instanceof Enum<?>
                || value instanceof Temporal
                || value instanceof Duration
                || value instanceof Period
                || value instanceof UUID
                || value instanceof Path
                || value instanceof File
                || value instanceof URI
                || value instanceof Locale;
    }

    /** What is made for several threads to change, such as a counter, is no input of a function but something that it does. */
    private static boolean isShared(Class<?> type) {
        return type.getName().startsWith("java.util.concurrent.")
                || type.getName().startsWith("java.util.Collections$Synchronized");
    }

    private static boolean isOfJava(Class<?> type) {
        return type.getName().startsWith("java.");
    }

    private static String texts(List<?> values, int depth) {
        return values.stream().map(value -> text(value, depth + 1)).collect(Collectors.joining(",", "[", "]"));
    }

    private static String sorted(Collection<?> values, int depth) {
        return values.stream().map(value -> text(value, depth + 1)).sorted().collect(Collectors.joining(",", "[", "]"));
    }

    private static List<@Nullable Object> components(Object value) {
        List<@Nullable Object> result = new ArrayList<>();
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            try {
                Method accessor = component.getAccessor();
                accessor.setAccessible(true);
                result.add(accessor.invoke(value));
            } catch (ReflectiveOperationException | RuntimeException e) {
                result.add(object(value));
            }
        }
        return result;
    }

    private static boolean hasNoFields(Class<?> type) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (Field field : at.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    return false;
                }
            }
        }
        return true;
    }

    private static String object(Object value) {
        ProcessHandle process = ProcessHandle.current();
        return value.getClass().getName() + "@" + System.identityHashCode(value) + " in " + process.pid()
                + process.info().startInstant().map(start -> " since " + start).orElse("");
    }
}
