// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.vector;

import java.util.List;

/** The columns of a dataset, a batch or a result, in order. Names match without regard to case. */
public record Schema(List<Field> fields) {
    public Schema {
        fields = List.copyOf(fields);
    }

    public static Schema of(Field... fields) {
        return new Schema(List.of(fields));
    }

    /** The number of columns. */
    public int size() {
        return fields.size();
    }

    /** The column at {@code ordinal}, from 0. */
    public Field field(int ordinal) {
        return fields.get(ordinal);
    }

    /** The ordinal of the column of this name, from 0, or -1. An exact match wins over one that differs in case. */
    public int indexOf(String name) {
        int found = -1;
        for (int i = 0; i < fields.size(); i++) {
            String candidate = fields.get(i).name();
            if (candidate.equals(name)) {
                return i;
            }
            if (found < 0 && candidate.equalsIgnoreCase(name)) {
                found = i;
            }
        }
        return found;
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}
