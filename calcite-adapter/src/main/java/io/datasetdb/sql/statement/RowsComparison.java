// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.sql.kernel.ValueHash;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether two sources hold the same rows, each as often; NULLs are equal, and so are NaNs. A row is known by a hash of 64 bits
 * of its values. Whether they are the same is found out without keeping anything; which ones differ only if some do.
 */
final class RowsComparison {
    /** How many differing rows are shown. */
    static final int SHOWN = 10;

    /** How many rows without a counterpart are kept while the other source may still bring it. */
    private static final int MOST_OPEN = 1_000_000;

    /** How many of those are kept as text. */
    private static final int MOST_TEXTS = 10_000;

    /**
     * What came of it.
     *
     * @param same whether the rows are the same, in whatever order
     * @param sameOrder whether they also come in the same order
     * @param rows of the second source
     * @param missing rows of the first source that the second lacks; {@code null} if they were too many to count
     * @param added rows of the second source that the first lacks, likewise
     * @param differences some of them: {@code - } or {@code + } and the row
     */
    record Result(
            boolean same,
            boolean sameOrder,
            long rows,
            @Nullable Long missing,
            @Nullable Long added,
            List<String> differences) {}

    /** A row that was seen more often on one side than on the other: how often, positive if on the first. */
    private static final class Open {
        private long count;
        private @Nullable String text;
    }

    private record Sums(long rows, long sum, long mixed, long sequence) {
        boolean sameRows(Sums other) {
            return rows == other.rows && sum == other.sum && mixed == other.mixed;
        }
    }

    private final Supplier<? extends BatchSource> first;
    private final Supplier<? extends BatchSource> second;
    private final Map<Long, Open> open = new LinkedHashMap<>();
    private int texts;

    /** Each source is asked for once, or twice if the rows differ, and closed. */
    RowsComparison(Supplier<? extends BatchSource> first, Supplier<? extends BatchSource> second) {
        this.first = first;
        this.second = second;
    }

    Result run() {
        Sums left = sums(first);
        Sums right = sums(second);
        if (left.sameRows(right)) {
            return new Result(true, left.sequence == right.sequence, right.rows, 0L, 0L, List.of());
        }
        return differ(right.rows);
    }

    private static Sums sums(Supplier<? extends BatchSource> rows) {
        try (BatchSource source = rows.get()) {
            long count = 0;
            long sum = 0;
            long mixed = 0;
            long sequence = 0;
            for (Batch batch = source.next(); batch != null; batch = source.next()) {
                for (long hash : hashes(batch)) {
                    count++;
                    sum += hash;
                    mixed += ValueHash.ofLong(hash);
                    sequence = ValueHash.combine(sequence, hash);
                }
            }
            return new Sums(count, sum, mixed, sequence);
        }
    }

    private static long[] hashes(Batch batch) {
        long[] hashes = new long[batch.size()];
        boolean combine = false;
        for (Vector column : batch.columns()) {
            ValueHash.hash(column, batch.selection(), hashes, combine);
            combine = true;
        }
        return hashes;
    }

    /** Takes a batch of each side in turn, so that rows in about the same order cancel each other soon. */
    private Result differ(long rows) {
        try (BatchSource left = first.get();
                BatchSource right = second.get()) {
            boolean more = true;
            while (more && open.size() <= MOST_OPEN) {
                more = take(left, 1) | take(right, -1);
            }
            if (more) {
                return new Result(false, false, rows, null, null, List.of());
            }
        }
        long missing =
                open.values().stream().mapToLong(row -> Math.max(0, row.count)).sum();
        long added =
                open.values().stream().mapToLong(row -> Math.max(0, -row.count)).sum();
        return new Result(missing + added == 0, false, rows, missing, added, shown());
    }

    private List<String> shown() {
        List<String> result = new ArrayList<>();
        for (Open row : open.values()) {
            if (row.text != null && result.size() < SHOWN) {
                result.add((row.count > 0 ? "- " : "+ ") + row.text);
            }
        }
        return result;
    }

    private boolean take(BatchSource source, int sign) {
        Batch batch = source.next();
        if (batch == null) {
            return false;
        }
        long[] hashes = hashes(batch);
        for (int i = 0; i < hashes.length; i++) {
            Open row = open.computeIfAbsent(hashes[i], hash -> new Open());
            row.count += sign;
            if (row.count == 0) {
                texts -= row.text == null ? 0 : 1;
                open.remove(hashes[i]);
            } else if (row.text == null && texts < MOST_TEXTS) {
                row.text = text(batch, batch.selection().position(i));
                texts++;
            }
        }
        return true;
    }

    private static String text(Batch batch, int position) {
        return batch.columns().stream()
                .map(column -> text(column.getObject(position)))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String text(@Nullable Object value) {
        return value instanceof String string ? "'" + string + "'" : String.valueOf(ParamText.of(value));
    }
}
