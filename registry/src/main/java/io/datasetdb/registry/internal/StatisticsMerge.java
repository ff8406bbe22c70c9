// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.ColumnStatistics;
import io.datasetdb.store.DataFile;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known about the columns of a version from what is known about those of its files. A bound or a count of NULLs is
 * known only if it is known for every file that has rows; where there are no rows, there are no NULLs.
 *
 * <p>Distinct values: files whose ranges of values are disjoint add up; of files whose ranges overlap the largest estimate
 * counts, which is a lower bound. Never more than there are values.
 */
public final class StatisticsMerge {
    private record Part(ColumnStatistics statistics, long rowCount) {}

    private StatisticsMerge() {}

    /** One entry per leaf for which some file has statistics, in the order of the first that has. */
    public static List<ColumnStatistics> of(Schema schema, List<DataFile> files) {
        var parts = new LinkedHashMap<ColumnPath, List<Part>>();
        long filled = files.stream().filter(file -> file.rowCount() > 0).count();
        for (DataFile file : files) {
            if (file.rowCount() > 0) {
                for (ColumnStatistics statistics : file.statistics()) {
                    parts.computeIfAbsent(statistics.column(), path -> new ArrayList<>())
                            .add(new Part(statistics, file.rowCount()));
                }
            }
        }
        var merged = new ArrayList<ColumnStatistics>();
        if (filled == 0) {
            schema.fields()
                    .forEach(field -> merged.add(new ColumnStatistics(ColumnPath.of(field.name()), 0, null, null, 0)));
        }
        for (Map.Entry<ColumnPath, List<Part>> entry : parts.entrySet()) {
            Optional<DataType> type = StatisticsText.type(schema, entry.getKey());
            boolean complete = entry.getValue().size() == filled;
            type.ifPresent(known ->
                    merged.add(complete ? merge(entry.getKey(), known, entry.getValue()) : unknown(entry.getKey())));
        }
        return merged;
    }

    private static ColumnStatistics unknown(ColumnPath column) {
        return new ColumnStatistics(column, -1, null, null, -1);
    }

    private static ColumnStatistics merge(ColumnPath column, DataType type, List<Part> parts) {
        if (parts.size() == 1) {
            return parts.get(0).statistics();
        }
        long nulls = 0;
        long values = 0;
        Object min = null;
        Object max = null;
        boolean bounded = true;
        var withValues = new ArrayList<ColumnStatistics>();
        for (Part part : parts) {
            ColumnStatistics statistics = part.statistics();
            boolean counted = statistics.nullCount() >= 0;
            nulls = counted && nulls >= 0 ? nulls + statistics.nullCount() : -1;
            values += part.rowCount() - Math.max(statistics.nullCount(), 0);
            if (counted && statistics.nullCount() == part.rowCount()) {
                continue;
            }
            withValues.add(statistics);
            Object low = statistics.min();
            Object high = statistics.max();
            if (low == null || high == null) {
                bounded = false;
            } else if (bounded) {
                min = min == null || ValueText.compare(type, low, min) < 0 ? low : min;
                max = max == null || ValueText.compare(type, high, max) > 0 ? high : max;
            }
        }
        return new ColumnStatistics(
                column, nulls, bounded ? min : null, bounded ? max : null, distinct(type, withValues, bounded, values));
    }

    private static long distinct(DataType type, List<ColumnStatistics> parts, boolean bounded, long values) {
        if (parts.stream().anyMatch(part -> part.distinctEstimate() < 0)) {
            return -1;
        }
        if (!bounded) {
            return parts.stream()
                    .mapToLong(ColumnStatistics::distinctEstimate)
                    .max()
                    .orElse(0);
        }
        var sorted = new ArrayList<>(parts);
        sorted.sort((left, right) -> ValueText.compare(type, known(left.min()), known(right.min())));
        long total = 0;
        long largest = 0;
        Object end = null;
        for (ColumnStatistics part : sorted) {
            if (end == null || ValueText.compare(type, known(part.min()), end) > 0) {
                total += largest;
                largest = 0;
                end = known(part.max());
            }
            largest = Math.max(largest, part.distinctEstimate());
            if (ValueText.compare(type, known(part.max()), end) > 0) {
                end = known(part.max());
            }
        }
        return Math.min(total + largest, values);
    }

    private static Object known(@Nullable Object bound) {
        if (bound == null) {
            throw new IllegalStateException("bound");
        }
        return bound;
    }
}
