// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.builtin;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.udf.UdfError;
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

    /** How many records to guess types by: at least one, or -1 for all. */
    long sampleSizeOr(int index, long absent) {
        long value = numberOr(index, absent);
        if (value == 0 || value < -1) {
            throw bad("sample_size must be at least 1, or -1 for all records", value);
        }
        return value;
    }

    /** A number of lines. */
    long countOr(int index, String name, long absent) {
        long value = numberOr(index, absent);
        if (value < 0) {
            throw bad(name + " must not be negative", value);
        }
        return value;
    }

    private static DatasetDbException bad(String reason, long value) {
        return new DatasetDbException(UdfError.BAD_ARGUMENT, "Cannot read files: " + reason + " (" + value + ")");
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
