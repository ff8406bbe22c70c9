// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.jspecify.annotations.Nullable;

/** A leaf column of the row group that is being collected: a level pair for each slot, a value for each slot that has one. */
final class LeafBuffer extends ColumnShredder {
    private final ColumnDescriptor descriptor;
    private final @Nullable LeafSummary summary;
    private final LeafValues values;
    private final byte maxDefinition;
    private int slots;
    private byte @Nullable [] definitions;
    private byte[] repetitions = new byte[0];

    /** {@code summary} is {@code null} for columns inside an ARRAY or a MAP. */
    LeafBuffer(String name, DataType type, ColumnDescriptor descriptor, @Nullable LeafSummary summary) {
        super(name, type, descriptor.getPrimitiveType().getRepetition());
        this.descriptor = descriptor;
        this.summary = summary;
        this.values = LeafValues.of(type, descriptor.getPrimitiveType());
        this.maxDefinition = (byte) descriptor.getMaxDefinitionLevel();
    }

    ColumnDescriptor descriptor() {
        return descriptor;
    }

    LeafValues values() {
        return values;
    }

    @Nullable
    LeafSummary summary() {
        return summary;
    }

    /** Level pairs so far. */
    int slots() {
        return slots;
    }

    /** Whether the column is inside an ARRAY or a MAP. */
    boolean isRepeated() {
        return descriptor.getMaxRepetitionLevel() > 0;
    }

    /** The definition level of each slot, or {@code null} if all have a value. */
    byte @Nullable [] definitions() {
        return definitions;
    }

    /** The repetition level of each slot; nothing if the column is not {@link #isRepeated()}. */
    byte[] repetitions() {
        return repetitions;
    }

    /** Bytes held for the row group. */
    long bytes() {
        return values.bytes() + (definitions == null ? 0 : slots) + (isRepeated() ? slots : 0);
    }

    void reset() {
        slots = 0;
        definitions = null;
        values.reset();
    }

    @Override
    void appendValues(Vector vector, Slots added) {
        appendLevels(added);
        values.append(vector, added);
    }

    @Override
    void appendAbsent(Slots added) {
        appendLevels(added);
    }

    private void appendLevels(Slots added) {
        int end = Math.addExact(slots, added.count());
        byte[] levels = definitions;
        if (levels == null && added.absentCount() > 0) {
            levels = new byte[Math.max(end, slots * 2)];
            Arrays.fill(levels, 0, slots, maxDefinition);
        }
        if (levels != null) {
            levels = grown(levels, end);
            if (added.absentCount() == 0) {
                Arrays.fill(levels, slots, end, maxDefinition);
            } else {
                for (int i = 0; i < added.count(); i++) {
                    levels[slots + i] = added.definition(i);
                }
            }
            definitions = levels;
        }
        if (isRepeated()) {
            repetitions = grown(repetitions, end);
            byte[] given = added.repetitions();
            if (given == null) {
                Arrays.fill(repetitions, slots, end, (byte) 0);
            } else {
                System.arraycopy(given, 0, repetitions, slots, added.count());
            }
        }
        slots = end;
    }

    private static byte[] grown(byte[] array, int needed) {
        return needed <= array.length ? array : Arrays.copyOf(array, Math.max(needed, array.length * 3 / 2));
    }
}
