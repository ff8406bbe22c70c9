// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.text;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.udf.UdfError;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A column that grows by texts, which it turns into values of its type. After {@link #build()} it is empty again. Not to be
 * shared by threads.
 */
public abstract class TextColumn {
    /** Which texts a column takes. */
    public enum Trust {
        /** The user declared the type: whatever a cast takes. */
        DECLARED,
        /** The type was guessed: only what would have led to the same guess. */
        GUESSED
    }

    final DataType type;
    private int size;
    private long @Nullable [] validity;

    TextColumn(DataType type) {
        this.type = type;
    }

    /**
     * An empty column of a type without elements.
     *
     * @throws DatasetDbException with {@link UdfError#BAD_TYPE} for types that no text stands for
     */
    public static TextColumn of(DataType type, Trust trust) {
        NumberParser.Grammar grammar =
                trust == Trust.DECLARED ? NumberParser.Grammar.CAST : NumberParser.Grammar.STRICT;
        return switch (type.kind()) {
            case BOOLEAN -> new TextColumns.Booleans(type, trust);
            case TINYINT -> new NumberColumns.Ints(type, grammar, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case SMALLINT -> new NumberColumns.Ints(type, grammar, Short.MIN_VALUE, Short.MAX_VALUE);
            case INTEGER -> new NumberColumns.Ints(type, grammar, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case DATE -> new TemporalColumns.Dates(type);
            case BIGINT -> new NumberColumns.Longs(type, grammar);
            case REAL -> new NumberColumns.Floats(type, grammar);
            case DOUBLE -> new NumberColumns.Doubles(type, grammar);
            case DECIMAL -> new NumberColumns.Decimals((DataType.Decimal) type, grammar);
            case VARCHAR, VARBINARY -> new TextColumns.Texts(type);
            case TIME -> new TemporalColumns.Times(type);
            case TIMESTAMP, TIMESTAMP_LTZ -> new TemporalColumns.Timestamps(type, trust);
            case UUID -> new TextColumns.Uuids(type);
            case INTERVAL_MONTH, INTERVAL_DAY, ARRAY, MAP, ROW, NULL ->
                throw new DatasetDbException(
                        UdfError.BAD_TYPE, "Cannot read text as " + type.sql() + ": such values have no text form");
        };
    }

    /** The number of values so far. */
    public final int size() {
        return size;
    }

    public final DataType type() {
        return type;
    }

    /** Adds the value that the text {@code data[from, to)} stands for; false, and nothing is added, if there is none. */
    public final boolean append(byte[] data, int from, int to) {
        ensure(size + 1);
        if (!parse(size, data, from, to)) {
            return false;
        }
        advance();
        return true;
    }

    /** Adds a number; false if it is out of range or the column has no numbers. */
    public final boolean append(long value) {
        ensure(size + 1);
        if (!put(size, value)) {
            return false;
        }
        advance();
        return true;
    }

    /** Adds a number; false if the column has no numbers with fractions. */
    public final boolean append(double value) {
        ensure(size + 1);
        if (!put(size, value)) {
            return false;
        }
        advance();
        return true;
    }

    /** Adds a truth value; false if the column has none. */
    public final boolean append(boolean value) {
        ensure(size + 1);
        if (!put(size, value)) {
            return false;
        }
        advance();
        return true;
    }

    public final void appendNull() {
        ensure(size + 1);
        putNull(size);
        if (validity == null) {
            validity = Validity.allValid(Math.max(size + 1, 2048));
        }
        growValidity();
        Validity.setNull(validity, size++);
    }

    /** The collected values; the column starts anew. */
    public final Vector build() {
        Vector result = take(size, validity);
        size = 0;
        validity = null;
        return result;
    }

    private void advance() {
        if (validity != null) {
            growValidity();
            Validity.setValid(validity, size);
        }
        size++;
    }

    private void growValidity() {
        if (validity != null && Validity.words(size + 1) > validity.length) {
            int old = validity.length;
            validity = Arrays.copyOf(validity, old * 2);
            Arrays.fill(validity, old, validity.length, -1L);
        }
    }

    /** Makes room for so many values. */
    abstract void ensure(int capacity);

    /** Writes the value of a text into a slot. */
    abstract boolean parse(int index, byte[] data, int from, int to);

    boolean put(int index, long value) {
        return false;
    }

    boolean put(int index, double value) {
        return false;
    }

    boolean put(int index, boolean value) {
        return false;
    }

    /** Writes whatever a NULL slot needs. */
    void putNull(int index) {}

    abstract Vector take(int count, long @Nullable [] bits);

    /** The capacity that follows on {@code capacity} when it is exceeded. */
    static int grown(int capacity) {
        return (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(64, capacity * 2L));
    }

    static int skipSpaces(byte[] data, int from, int to) {
        int i = from;
        while (i < to && data[i] == ' ') {
            i++;
        }
        return i;
    }

    static int dropSpaces(byte[] data, int from, int to) {
        int i = to;
        while (i > from && data[i - 1] == ' ') {
            i--;
        }
        return i;
    }
}
