// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.builtin;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The arguments of a table function in the order of its parameters, absent ones {@code null}. */
record Arguments(List<@Nullable Object> values) {
    String text(int index) {
        return (String) Objects.requireNonNull(values.get(index));
    }

    String textOr(int index, String absent) {
        Object value = optional(index);
        return value == null ? absent : (String) value;
    }

    long numberOr(int index, long absent) {
        Object value = optional(index);
        return value == null ? absent : ((Number) value).longValue();
    }

    boolean flagOr(int index, boolean absent) {
        Object value = optional(index);
        return value == null ? absent : (Boolean) value;
    }

    /** The argument, {@code null} also when the list ends before it. */
    @Nullable
    Object optional(int index) {
        return index < values.size() ? values.get(index) : null;
    }
}
