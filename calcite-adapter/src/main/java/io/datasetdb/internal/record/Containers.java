// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.record;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which collections and maps of the JDK are made for which types: for an interface what cannot be changed, for a class one of
 * that class. Sets and maps keep the stored order, sorted ones have the natural order of their elements or keys.
 */
final class Containers {
    private Containers() {}

    /** How lists and sets of a type are made. */
    record OfElements(Supplier<Collection<@Nullable Object>> maker, UnaryOperator<Object> finisher, boolean isSorted) {
        Collection<@Nullable Object> create() {
            return maker.get();
        }

        Object finished(Collection<@Nullable Object> elements) {
            return finisher.apply(elements);
        }
    }

    /** How maps of a type are made. */
    record OfEntries(Supplier<Map<Object, @Nullable Object>> maker, UnaryOperator<Object> finisher, boolean isSorted) {
        Map<Object, @Nullable Object> create() {
            return maker.get();
        }

        Object finished(Map<Object, @Nullable Object> entries) {
            return finisher.apply(entries);
        }
    }

    static @Nullable OfElements ofElements(Class<?> type) {
        if (type.isAssignableFrom(List.class)) {
            return new OfElements(ArrayList::new, list -> Collections.unmodifiableList((List<?>) list), false);
        }
        if (type == Set.class) {
            return new OfElements(LinkedHashSet::new, set -> Collections.unmodifiableSet((Set<?>) set), false);
        }
        if (type.isInterface() && type.isAssignableFrom(NavigableSet.class)) {
            return new OfElements(
                    TreeSet::new, set -> Collections.unmodifiableNavigableSet((NavigableSet<?>) set), true);
        }
        if (type == TreeSet.class) {
            return new OfElements(TreeSet::new, UnaryOperator.identity(), true);
        }
        if (type.isAssignableFrom(ArrayList.class)) {
            return new OfElements(ArrayList::new, UnaryOperator.identity(), false);
        }
        if (type.isAssignableFrom(LinkedHashSet.class)) {
            return new OfElements(LinkedHashSet::new, UnaryOperator.identity(), false);
        }
        return type.isAssignableFrom(LinkedList.class)
                ? new OfElements(LinkedList::new, UnaryOperator.identity(), false)
                : null;
    }

    static @Nullable OfEntries ofEntries(Class<?> type) {
        if (type == Map.class) {
            return new OfEntries(LinkedHashMap::new, map -> Collections.unmodifiableMap((Map<?, ?>) map), false);
        }
        if (type.isInterface() && type.isAssignableFrom(NavigableMap.class)) {
            return new OfEntries(
                    TreeMap::new, map -> Collections.unmodifiableNavigableMap((NavigableMap<?, ?>) map), true);
        }
        if (type == TreeMap.class) {
            return new OfEntries(TreeMap::new, UnaryOperator.identity(), true);
        }
        return type.isAssignableFrom(LinkedHashMap.class)
                ? new OfEntries(LinkedHashMap::new, UnaryOperator.identity(), false)
                : null;
    }
}
