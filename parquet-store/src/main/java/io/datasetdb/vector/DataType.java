// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.vector;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The type of a value, with all that is needed to interpret its stored form. Immutable; equality is structural.
 *
 * <p>Forms in memory, by {@link Kind}:
 *
 * <table>
 * <caption>In-memory forms</caption>
 * <tr><th>kind</th><th>vector</th><th>unit</th><th>{@link Vector#getObject}</th></tr>
 * <tr><td>BOOLEAN</td><td>{@link BooleanVector}</td><td></td><td>Boolean</td></tr>
 * <tr><td>TINYINT, SMALLINT, INTEGER</td><td>{@link IntVector}</td><td></td><td>Byte, Short, Integer</td></tr>
 * <tr><td>BIGINT</td><td>{@link LongVector}</td><td></td><td>Long</td></tr>
 * <tr><td>REAL, DOUBLE</td><td>{@link FloatVector}, {@link DoubleVector}</td><td></td><td>Float, Double</td></tr>
 * <tr><td>DECIMAL, precision ≤ 18</td><td>{@link LongVector}</td><td>unscaled</td><td>BigDecimal</td></tr>
 * <tr><td>DECIMAL, precision 19–38</td><td>{@link Int128Vector}</td><td>unscaled</td><td>BigDecimal</td></tr>
 * <tr><td>VARCHAR</td><td>{@link BytesVector}</td><td>UTF-8</td><td>String</td></tr>
 * <tr><td>VARBINARY</td><td>{@link BytesVector}</td><td></td><td>byte[]</td></tr>
 * <tr><td>DATE</td><td>{@link IntVector}</td><td>days since 1970-01-01, proleptic Gregorian</td><td>LocalDate</td></tr>
 * <tr><td>TIME</td><td>{@link LongVector}</td><td>µs since midnight</td><td>LocalTime</td></tr>
 * <tr><td>TIMESTAMP</td><td>{@link LongVector}</td><td>µs since 1970-01-01 00:00:00, no zone</td><td>LocalDateTime</td></tr>
 * <tr><td>TIMESTAMP_LTZ</td><td>{@link LongVector}</td><td>µs since 1970-01-01 00:00:00 UTC</td><td>Instant</td></tr>
 * <tr><td>UUID</td><td>{@link Int128Vector}</td><td>high, low 64 bits</td><td>java.util.UUID</td></tr>
 * <tr><td>INTERVAL_MONTH</td><td>{@link LongVector}</td><td>months</td><td>Period</td></tr>
 * <tr><td>INTERVAL_DAY</td><td>{@link LongVector}</td><td>µs</td><td>Duration</td></tr>
 * <tr><td>ARRAY</td><td>{@link ListVector}</td><td></td><td>List</td></tr>
 * <tr><td>MAP</td><td>{@link MapVector}</td><td></td><td>Map, in entry order</td></tr>
 * <tr><td>ROW</td><td>{@link RowVector}</td><td></td><td>List, one element a field</td></tr>
 * <tr><td>NULL</td><td>{@link ConstantVector}</td><td>the type of a bare NULL</td><td>null</td></tr>
 * </table>
 *
 * Any vector may also come wrapped: {@link DictionaryVector}, {@link ConstantVector}.
 */
public sealed interface DataType {
    /** The closed set of type families; exhaustive switches over it name every place a new type must touch. */
    enum Kind {
        BOOLEAN,
        TINYINT,
        SMALLINT,
        INTEGER,
        BIGINT,
        REAL,
        DOUBLE,
        DECIMAL,
        VARCHAR,
        VARBINARY,
        DATE,
        TIME,
        TIMESTAMP,
        TIMESTAMP_LTZ,
        UUID,
        INTERVAL_MONTH,
        INTERVAL_DAY,
        ARRAY,
        MAP,
        ROW,
        NULL;

        /** Whether values hold values of other types. */
        public boolean isNested() {
            return this == ARRAY || this == MAP || this == ROW;
        }

        /** Decimal digits that the values of an integer type may have, 0 for other types. */
        public int integerDigits() {
            return switch (this) {
                case TINYINT -> 3;
                case SMALLINT -> 5;
                case INTEGER -> 10;
                case BIGINT -> 19;
                case BOOLEAN,
                        REAL,
                        DOUBLE,
                        DECIMAL,
                        VARCHAR,
                        VARBINARY,
                        DATE,
                        TIME,
                        TIMESTAMP,
                        TIMESTAMP_LTZ,
                        UUID,
                        INTERVAL_MONTH,
                        INTERVAL_DAY,
                        ARRAY,
                        MAP,
                        ROW,
                        NULL -> 0;
            };
        }
    }

    /** The largest DECIMAL precision. */
    int MAX_DECIMAL_PRECISION = 38;

    /** The largest DECIMAL precision whose unscaled value fits 64 bits. */
    int MAX_LONG_DECIMAL_PRECISION = 18;

    DataType BOOLEAN = new Simple(Kind.BOOLEAN);
    DataType TINYINT = new Simple(Kind.TINYINT);
    DataType SMALLINT = new Simple(Kind.SMALLINT);
    DataType INTEGER = new Simple(Kind.INTEGER);
    DataType BIGINT = new Simple(Kind.BIGINT);
    DataType REAL = new Simple(Kind.REAL);
    DataType DOUBLE = new Simple(Kind.DOUBLE);
    DataType VARCHAR = new Simple(Kind.VARCHAR);
    DataType VARBINARY = new Simple(Kind.VARBINARY);
    DataType DATE = new Simple(Kind.DATE);
    DataType TIME = new Simple(Kind.TIME);
    DataType TIMESTAMP = new Simple(Kind.TIMESTAMP);
    DataType TIMESTAMP_LTZ = new Simple(Kind.TIMESTAMP_LTZ);
    DataType UUID = new Simple(Kind.UUID);
    DataType INTERVAL_MONTH = new Simple(Kind.INTERVAL_MONTH);
    DataType INTERVAL_DAY = new Simple(Kind.INTERVAL_DAY);
    DataType NULL = new Simple(Kind.NULL);

    /** The family. */
    Kind kind();

    /** The type as SQL writes it, e.g. {@code DECIMAL(10, 2)} or {@code ROW(path VARCHAR, size BIGINT) ARRAY}. */
    String sql();

    static DataType decimal(int precision, int scale) {
        return new Decimal(precision, scale);
    }

    static DataType array(DataType element) {
        return new Array(element);
    }

    static DataType map(DataType key, DataType value) {
        return new Map(key, value);
    }

    static DataType row(List<Field> fields) {
        return new Row(fields);
    }

    static DataType row(Field... fields) {
        return new Row(List.of(fields));
    }

    /** A type without parameters. */
    record Simple(Kind kind) implements DataType {
        @Override
        public String sql() {
            return switch (kind) {
                case TIMESTAMP_LTZ -> "TIMESTAMP WITH LOCAL TIME ZONE";
                case INTERVAL_MONTH -> "INTERVAL YEAR TO MONTH";
                case INTERVAL_DAY -> "INTERVAL DAY TO SECOND";
                case BOOLEAN,
                        TINYINT,
                        SMALLINT,
                        INTEGER,
                        BIGINT,
                        REAL,
                        DOUBLE,
                        DECIMAL,
                        VARCHAR,
                        VARBINARY,
                        DATE,
                        TIME,
                        TIMESTAMP,
                        UUID,
                        ARRAY,
                        MAP,
                        ROW,
                        NULL -> kind.name();
            };
        }

        @Override
        public String toString() {
            return sql();
        }
    }

    /** DECIMAL(precision, scale); 1 ≤ precision ≤ 38, 0 ≤ scale ≤ precision. */
    record Decimal(int precision, int scale) implements DataType {
        public Decimal {
            if (precision < 1 || precision > MAX_DECIMAL_PRECISION || scale < 0 || scale > precision) {
                throw new IllegalArgumentException("DECIMAL(" + precision + ", " + scale + ")");
            }
        }

        @Override
        public Kind kind() {
            return Kind.DECIMAL;
        }

        /** Whether the unscaled value is kept in 64 bits ({@link LongVector}) rather than 128 ({@link Int128Vector}). */
        public boolean isLong() {
            return precision <= MAX_LONG_DECIMAL_PRECISION;
        }

        @Override
        public String sql() {
            return "DECIMAL(" + precision + ", " + scale + ")";
        }

        @Override
        public String toString() {
            return sql();
        }
    }

    /** A list of values of one type; elements may be NULL. */
    record Array(DataType element) implements DataType {
        @Override
        public Kind kind() {
            return Kind.ARRAY;
        }

        @Override
        public String sql() {
            return element.sql() + " ARRAY";
        }

        @Override
        public String toString() {
            return sql();
        }
    }

    /** Entries in insertion order; keys are not NULL and distinct, values may be NULL. */
    record Map(DataType key, DataType value) implements DataType {
        @Override
        public Kind kind() {
            return Kind.MAP;
        }

        @Override
        public String sql() {
            return "MAP<" + key.sql() + ", " + value.sql() + ">";
        }

        @Override
        public String toString() {
            return sql();
        }
    }

    /** Named fields; a NULL row differs from a row of NULLs. */
    record Row(List<Field> fields) implements DataType {
        public Row {
            fields = List.copyOf(fields);
        }

        @Override
        public Kind kind() {
            return Kind.ROW;
        }

        @Override
        public String sql() {
            return fields.stream()
                    .map(field -> field.name() + " " + field.type().sql())
                    .collect(Collectors.joining(", ", "ROW(", ")"));
        }

        @Override
        public String toString() {
            return sql();
        }
    }
}
