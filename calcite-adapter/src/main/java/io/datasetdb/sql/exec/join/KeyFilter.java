// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.join;

import io.datasetdb.sql.exec.rows.ColumnBuffer;
import io.datasetdb.sql.exec.rows.WordColumn;
import io.datasetdb.sql.kernel.ValueHash;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.Predicate;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which values a column of a join's other side must have to find a match, roughly: all that find one pass, and few others.
 * NULL does not pass. Immutable, for any number of threads.
 */
public final class KeyFilter {
    /** How many texts a filter names at most. */
    private static final int MAX_TEXTS = 500;

    private final @Nullable WordColumn words;
    private final WordSet set;
    private final long least;
    private final long span;
    private final @Nullable List<Object> values;

    private KeyFilter(
            @Nullable WordColumn words, WordSet set, KeyRanges ranges, int key, @Nullable List<Object> values) {
        this.words = words;
        this.set = set;
        this.least = ranges.least(key);
        this.span = words == null ? -1 : ranges.span(key);
        this.values = values;
    }

    /** The values of one key column of a table whose ranges are known. */
    static KeyFilter of(JoinTable table, KeyRanges ranges, int key) {
        DataType type = table.keys.types().get(key);
        WordColumn words = PackedCodes.isWord(table.keys.otherTypes().get(key)) ? WordColumn.of(type) : null;
        RankIndex ranks = table.ranks();
        if (words != null && ranks != null && table.keys.size() == 1) {
            return new KeyFilter(words, new WordSet.Bits(ranges.least(0), ranks.size(), ranks.bits()), ranges, 0, null);
        }
        int rows = table.rowCount();
        long span = words == null ? -1 : ranges.span(key);
        WordSet set = RankIndex.fits(span, rows)
                ? new WordSet.Bits(ranges.least(key), span, new long[RankIndex.words(span)])
                : new WordSet.Bloom(rows);
        KeyFilter filter = new KeyFilter(words, set, ranges, key, texts(table, key));
        filter.fill(table.keyColumn(key), rows);
        return filter;
    }

    /**
     * Which values the column's must be, or between which, or nothing if that is not known.
     *
     * @param type of the column
     */
    public @Nullable Predicate range(ColumnPath column, DataType type) {
        if (values != null) {
            return new Predicate.In(column, values);
        }
        if (span <= 0) {
            return null;
        }
        long greatest = least + span - 1;
        return switch (type.kind()) {
            case INTEGER -> {
                boolean fits = least >= Integer.MIN_VALUE && greatest <= Integer.MAX_VALUE;
                yield fits ? between(column, (int) least, (int) greatest) : null;
            }
            case BIGINT -> between(column, least, greatest);
            case DATE -> between(column, LocalDate.ofEpochDay(least), LocalDate.ofEpochDay(greatest));
            case BOOLEAN,
                    TINYINT,
                    SMALLINT,
                    REAL,
                    DOUBLE,
                    DECIMAL,
                    VARCHAR,
                    VARBINARY,
                    TIME,
                    TIMESTAMP,
                    TIMESTAMP_LTZ,
                    UUID,
                    INTERVAL_MONTH,
                    INTERVAL_DAY,
                    ARRAY,
                    MAP,
                    ROW,
                    NULL -> null;
        };
    }

    /** Texts have no ranges here; few of them can be named. */
    private static @Nullable List<Object> texts(JoinTable table, int key) {
        int rows = table.rowCount();
        boolean isText = table.keys.types().get(key).kind() == DataType.Kind.VARCHAR
                && table.keys.otherTypes().get(key).kind() == DataType.Kind.VARCHAR;
        if (!isText || rows > MAX_TEXTS) {
            return null;
        }
        ColumnBuffer column = table.keyColumn(key);
        Set<Object> texts = new LinkedHashSet<>();
        for (int row = 0; row < rows; row++) {
            Object text = column.vector(row).getObject(column.position(row));
            if (text != null) {
                texts.add(text);
            }
        }
        return List.copyOf(texts);
    }

    private static Predicate between(ColumnPath column, Object from, Object to) {
        return new Predicate.And(List.of(
                new Predicate.Comparison(column, Predicate.Operator.GREATER_OR_EQUAL, from),
                new Predicate.Comparison(column, Predicate.Operator.LESS_OR_EQUAL, to)));
    }

    private void fill(ColumnBuffer column, int rows) {
        int[] positions = new int[Batch.SIZE];
        int[] valid = new int[Batch.SIZE];
        long[] values = new long[Batch.SIZE];
        for (int start = 0; start < rows; start += Batch.SIZE) {
            int size = Math.min(Batch.SIZE, rows - start);
            Vector vector = column.vector(start);
            int first = column.position(start);
            int count = 0;
            for (int i = 0; i < size; i++) {
                valid[count] = first + i;
                count += vector.isNull(first + i) ? 0 : 1;
            }
            System.arraycopy(valid, 0, positions, 0, count);
            encode(vector, positions, count, values);
            for (int i = 0; i < count; i++) {
                set.add(values[i]);
            }
        }
    }

    private void encode(Vector vector, int[] positions, int count, long[] values) {
        if (words == null) {
            ValueHash.hash(vector, Selection.of(positions, count), values, false);
        } else {
            words.encode(vector, positions, count, values);
        }
    }

    /**
     * The positions that may find a match.
     *
     * @param vector of the other side's column, wrapped or not
     * @param kept receives those of the first {@code count} {@code positions}, in order; may be the same array
     * @param scratch at least {@code count} long
     * @return how many there are
     */
    public int filter(Vector vector, int[] positions, int count, int[] kept, long[] scratch) {
        int size = count;
        int[] valid = positions;
        if (vector.mayHaveNulls()) {
            size = 0;
            for (int i = 0; i < count; i++) {
                int position = positions[i];
                kept[size] = position;
                size += vector.isNull(position) ? 0 : 1;
            }
            valid = kept;
        }
        encode(vector, valid, size, scratch);
        return set.filter(scratch, valid, size, kept);
    }

    /** Bytes on the heap. */
    long heapBytes() {
        return set.heapBytes();
    }
}
