// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.nested;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.sql.kernel.time.CivilDate;
import io.datasetdb.vector.DataType;

/** Numbers at even distances, or times (microseconds since 1970) some microseconds or months apart. */
public final class Series {
    private final long start;
    private final long step;
    private final boolean isMonths;
    private final long size;

    private Series(long start, long step, boolean isMonths, long size) {
        this.start = start;
        this.step = step;
        this.isMonths = isMonths;
        this.size = size;
    }

    /**
     * @param step what lies between two elements; negative for a series that falls
     * @param stepType {@link DataType#INTERVAL_MONTH} if the step is months
     * @param inclusive whether {@code stop} belongs to the series, if a step ends there
     * @throws DatasetDbException {@link KernelError#INVALID_ARGUMENT} if the step is 0
     */
    public static Series of(long start, long stop, long step, DataType stepType, boolean inclusive) {
        if (step == 0) {
            throw new DatasetDbException(KernelError.INVALID_ARGUMENT, "Cannot generate a series: its step is 0");
        }
        boolean isMonths = stepType.kind() == DataType.Kind.INTERVAL_MONTH;
        if (start == stop ? !inclusive : (step > 0) != (start < stop)) {
            return new Series(start, step, isMonths, 0);
        }
        return new Series(
                start,
                step,
                isMonths,
                isMonths ? months(start, stop, step, inclusive) : size(start, stop, step, inclusive));
    }

    /** As the distance may need all 64 bits, it is unsigned; a series of more than 2^63 elements counts as one of 2^63 - 1. */
    private static long size(long start, long stop, long step, boolean inclusive) {
        long distance = step > 0 ? stop - start : start - stop;
        long width = Math.abs(step);
        long steps = Long.divideUnsigned(distance, width);
        boolean hasLast = inclusive || Long.remainderUnsigned(distance, width) != 0;
        return steps < 0 || steps == Long.MAX_VALUE ? Long.MAX_VALUE : steps + (hasLast ? 1 : 0);
    }

    private static long months(long start, long stop, long step, boolean inclusive) {
        Series endless = new Series(start, step, true, Long.MAX_VALUE);
        long size = 1;
        for (long next = endless.get(size); next == stop ? inclusive : (step > 0) == (next < stop); ) {
            size++;
            next = endless.get(size);
        }
        return size;
    }

    /** How many elements there are. */
    public long size() {
        return size;
    }

    /** An element. Months count from the start: a month after the 31st, and another one, is not two months after it. */
    public long get(long i) {
        if (!isMonths) {
            return start + i * step;
        }
        long day = Math.floorDiv(start, CivilDate.MICROS_PER_DAY);
        return CivilDate.addMonths(day, i * step) * CivilDate.MICROS_PER_DAY
                + Math.floorMod(start, CivilDate.MICROS_PER_DAY);
    }
}
