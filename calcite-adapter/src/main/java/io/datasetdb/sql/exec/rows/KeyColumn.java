// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.rows;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import org.jspecify.annotations.Nullable;

/**
 * One column of a key as 64-bit words that are equal exactly where the values are: numbers as themselves, everything of
 * variable width as the number of the distinct value.
 */
abstract class KeyColumn {
    /** What stands for a value that was only looked up and is not there; no code is negative. */
    static final long ABSENT = -1;

    final DataType type;

    KeyColumn(DataType type) {
        this.type = type;
    }

    static KeyColumn of(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> new KeyColumns.Booleans(type);
            case TINYINT,
                    SMALLINT,
                    INTEGER,
                    DATE,
                    BIGINT,
                    TIME,
                    TIMESTAMP,
                    TIMESTAMP_LTZ,
                    INTERVAL_MONTH,
                    INTERVAL_DAY -> new KeyColumns.Longs(type);
            case DECIMAL ->
                ((DataType.Decimal) type).isLong() ? new KeyColumns.Longs(type) : new KeyColumns.Int128s(type);
            case UUID -> new KeyColumns.Int128s(type);
            case REAL, DOUBLE -> new KeyColumns.Doubles(type);
            case VARCHAR, VARBINARY -> new InternedBytes(type);
            case ARRAY, MAP, ROW, NULL -> new InternedValues(type);
        };
    }

    /** How many words a value takes. */
    int words() {
        return 1;
    }

    /** Whether words are small numbers from 0 to {@link #codes()}{@code  - 1}. */
    boolean isCoded() {
        return false;
    }

    /** An upper bound of the codes so far. */
    int codes() {
        return 0;
    }

    /**
     * Encodes the values at the first {@code count} positions.
     *
     * @param words one array a word; at NULL positions 0
     * @param insert whether unseen values get a new code; else they become {@link #ABSENT}
     */
    abstract void encode(Vector vector, int[] positions, int count, long[][] words, boolean insert);

    /** The same column for the look-ups of one more thread; nothing may be inserted any more. */
    KeyColumn reader() {
        return this;
    }

    /** The values of the words from {@code from} to {@code to - 1}. */
    abstract Vector decode(long[][] words, int from, int to, long @Nullable [] validity);

    /** Bytes on the heap, roughly. */
    long heapBytes() {
        return 0;
    }
}
