// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

import io.datasetdb.vector.Validity;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The places that one node of the schema's tree fills, one after the other: Dremel's record shredding (Melnik et al., VLDB
 * 2010), a column at a time. A slot either refers to a position of the vector at hand or is absent, because something on
 * the way to it is NULL or an empty list. Immutable; what does not change is shared with the slots of the parent.
 */
final class Slots {
    private static final byte[] NONE = new byte[0];

    private final int count;
    private final int first;
    private final int @Nullable [] positions;
    private final byte[] absentLevels;
    private final int absentCount;
    private final int level;
    private final byte @Nullable [] repetitions;

    private Slots(
            int count,
            int first,
            int @Nullable [] positions,
            byte[] absentLevels,
            int absentCount,
            int level,
            byte @Nullable [] repetitions) {
        this.count = count;
        this.first = first;
        this.positions = positions;
        this.absentLevels = absentLevels;
        this.absentCount = absentCount;
        this.level = level;
        this.repetitions = repetitions;
    }

    /** Positions {@code first} to {@code first + count - 1} of a batch. */
    static Slots range(int first, int count) {
        return new Slots(count, first, null, NONE, 0, 0, null);
    }

    /** The first {@code count} of {@code positions} of a batch. */
    static Slots of(int[] positions, int count) {
        return new Slots(count, 0, positions, NONE, 0, 0, null);
    }

    int count() {
        return count;
    }

    /** How many slots refer to no position. */
    int absentCount() {
        return absentCount;
    }

    /** Whether the positions are simply a range that begins at {@link #first()}. */
    boolean isRange() {
        return positions == null;
    }

    int first() {
        return first;
    }

    /** The position of a slot, or -1. */
    int position(int slot) {
        return positions == null ? first + slot : positions[slot];
    }

    /** The position of each slot, or -1; not for {@link #isRange()}. */
    int[] positions() {
        return Objects.requireNonNull(positions);
    }

    /** The positions of the slots that have one. */
    int[] presentPositions() {
        int[] result = new int[count - absentCount];
        int next = 0;
        for (int i = 0; i < count; i++) {
            int position = position(i);
            if (position >= 0) {
                result[next++] = position;
            }
        }
        return result;
    }

    /** The definition level of a slot. */
    byte definition(int slot) {
        return positions != null && positions[slot] < 0 ? absentLevels[slot] : (byte) level;
    }

    /** The repetition level of each slot, or {@code null} if each begins a row. */
    byte @Nullable [] repetitions() {
        return repetitions;
    }

    /** The first slot that has a position at which the bitmap says NULL, or -1. */
    int firstNull(long @Nullable [] validity) {
        if (validity != null) {
            for (int i = 0; i < count; i++) {
                int position = position(i);
                if (position >= 0 && !Validity.isValid(validity, position)) {
                    return i;
                }
            }
        }
        return -1;
    }

    /** One definition level further: slots whose position is NULL become absent. */
    Slots define(long @Nullable [] validity) {
        int from = firstNull(validity);
        if (from < 0) {
            return new Slots(count, first, positions, absentLevels, absentCount, level + 1, repetitions);
        }
        int[] newPositions = new int[count];
        byte[] newLevels = absentLevels.length == 0 ? new byte[count] : absentLevels.clone();
        int absent = absentCount;
        for (int i = 0; i < count; i++) {
            int position = position(i);
            if (position >= 0 && !Validity.isValid(validity, position)) {
                position = -1;
                newLevels[i] = (byte) level;
                absent++;
            }
            newPositions[i] = position;
        }
        return new Slots(count, 0, newPositions, newLevels, absent, level + 1, repetitions);
    }

    /** The same slots over the vector that a dictionary's ids refer to. */
    Slots map(int[] ids) {
        int[] mapped = new int[count];
        for (int i = 0; i < count; i++) {
            int position = position(i);
            mapped[i] = position < 0 ? -1 : ids[position];
        }
        return new Slots(count, 0, mapped, absentLevels, absentCount, level, repetitions);
    }

    /** The same slots over a vector whose position 0 holds the one value. */
    Slots mapToFirst() {
        int[] mapped = new int[count];
        if (absentCount > 0) {
            for (int i = 0; i < count; i++) {
                mapped[i] = position(i) < 0 ? -1 : 0;
            }
        }
        return new Slots(count, 0, mapped, absentLevels, absentCount, level, repetitions);
    }

    /** A slot for each element of the lists at these slots, and one for each list that is empty or absent. */
    Slots expand(int[] offsets, int repetitionLevel) {
        int total = 0;
        boolean gapless = isRange();
        for (int i = 0; i < count; i++) {
            int position = position(i);
            int length = position < 0 ? 0 : offsets[position + 1] - offsets[position];
            gapless &= length > 0;
            total = Math.addExact(total, Math.max(1, length));
        }
        if (gapless) {
            return new Slots(
                    total, offsets[first], null, NONE, 0, level + 1, listStarts(offsets, total, repetitionLevel));
        }
        int[] newPositions = new int[total];
        byte[] newLevels = new byte[total];
        byte[] newRepetitions = new byte[total];
        int absent = 0;
        int next = 0;
        for (int i = 0; i < count; i++) {
            int position = position(i);
            newRepetitions[next] = repetitions == null ? 0 : repetitions[i];
            int start = position < 0 ? 0 : offsets[position];
            int length = position < 0 ? 0 : offsets[position + 1] - start;
            if (length == 0) {
                newPositions[next] = -1;
                newLevels[next++] = definition(i);
                absent++;
            } else {
                for (int j = 0; j < length; j++) {
                    newPositions[next + j] = start + j;
                }
                Arrays.fill(newRepetitions, next + 1, next + length, (byte) repetitionLevel);
                next += length;
            }
        }
        return new Slots(total, 0, newPositions, newLevels, absent, level + 1, newRepetitions);
    }

    /** The repetition levels of lists none of which is empty or absent. */
    private byte[] listStarts(int[] offsets, int total, int repetitionLevel) {
        byte[] result = new byte[total];
        Arrays.fill(result, (byte) repetitionLevel);
        int start = offsets[first];
        for (int i = 0; i < count; i++) {
            result[offsets[first + i] - start] = repetitions == null ? 0 : repetitions[i];
        }
        return result;
    }
}
