// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.csv;

import io.datasetdb.udf.internal.text.TextKind;
import io.datasetdb.vector.DataType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What the records of a sample look like, column by column. */
final class CsvSample {
    private static final Set<TextKind> INTEGERS = EnumSet.of(TextKind.INTEGER, TextKind.HUGE);
    private static final Set<TextKind> NUMBERS = EnumSet.of(TextKind.INTEGER, TextKind.HUGE, TextKind.DOUBLE);
    private static final Set<TextKind> DATES = EnumSet.of(TextKind.DATE, TextKind.TIMESTAMP);

    private final TextKind.Classifier classifier = new TextKind.Classifier();
    private final List<EnumSet<TextKind>> seen = new ArrayList<>();

    /** Adds the current record. */
    void add(CsvRecords records, byte[] nullText) {
        while (seen.size() < records.size()) {
            seen.add(EnumSet.noneOf(TextKind.class));
        }
        for (int i = 0; i < records.size(); i++) {
            add(i, records, i, nullText);
        }
    }

    /** Adds one field of the current record to a column. */
    void add(int column, CsvRecords records, int field, byte[] nullText) {
        while (seen.size() <= column) {
            seen.add(EnumSet.noneOf(TextKind.class));
        }
        EnumSet<TextKind> kinds = seen.get(column);
        if (kinds.contains(TextKind.OTHER) || CsvTable.isNull(records, field, nullText)) {
            return;
        }
        int start = records.start(field);
        int stop = records.stop(field);
        // An empty quoted field is a text in a text column and says nothing about any other.
        if (start < stop) {
            kinds.add(classifier.classify(records.data(), start, stop));
        }
    }

    int columns() {
        return seen.size();
    }

    /** The narrowest type that holds all that was seen in a column; VARCHAR if nothing was. */
    DataType type(int column) {
        return type(seen.get(column));
    }

    /** Whether a column's type stays the same if what {@code other} saw in it is added. */
    boolean agrees(int column, CsvSample other) {
        return isUnknown(column) || merged(column, other).equals(type(column));
    }

    /** As {@link #type} of what both samples saw in a column. */
    DataType merged(int column, CsvSample other) {
        EnumSet<TextKind> both = EnumSet.copyOf(seen.get(column));
        both.addAll(other.seen.get(column));
        return type(both);
    }

    /** Adds a column of which nothing was seen. */
    void addUnknown() {
        seen.add(EnumSet.noneOf(TextKind.class));
    }

    /** Whether nothing at all was seen in a column. */
    boolean isUnknown(int column) {
        return seen.get(column).isEmpty();
    }

    private static DataType type(Set<TextKind> kinds) {
        if (kinds.isEmpty()) {
            return DataType.VARCHAR;
        }
        if (kinds.size() == 1) {
            return switch (kinds.iterator().next()) {
                case BOOLEAN -> DataType.BOOLEAN;
                case INTEGER -> DataType.BIGINT;
                case HUGE -> DataType.decimal(DataType.MAX_DECIMAL_PRECISION, 0);
                case DOUBLE -> DataType.DOUBLE;
                case TIME -> DataType.TIME;
                case DATE -> DataType.DATE;
                case TIMESTAMP -> DataType.TIMESTAMP;
                case ZONED -> DataType.TIMESTAMP_LTZ;
                case UUID, OTHER -> DataType.VARCHAR;
            };
        }
        if (INTEGERS.containsAll(kinds)) {
            return DataType.decimal(DataType.MAX_DECIMAL_PRECISION, 0);
        }
        return NUMBERS.containsAll(kinds)
                ? DataType.DOUBLE
                : DATES.containsAll(kinds) ? DataType.TIMESTAMP : DataType.VARCHAR;
    }
}
