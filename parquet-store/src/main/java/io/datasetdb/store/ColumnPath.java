// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store;

import java.util.List;

/**
 * A column, or a field inside a ROW column: {@code [file]}, {@code [file, size]}. Names are exact. Where a row on the way is
 * NULL the value is NULL. Never leads into an ARRAY or a MAP.
 */
public record ColumnPath(List<String> names) {
    public ColumnPath {
        names = List.copyOf(names);
    }

    public static ColumnPath of(String... names) {
        return new ColumnPath(List.of(names));
    }

    @Override
    public String toString() {
        return String.join(".", names);
    }
}
