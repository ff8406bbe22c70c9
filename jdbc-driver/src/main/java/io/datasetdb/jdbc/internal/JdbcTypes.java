// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc.internal;

import io.datasetdb.vector.DataType;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Date;
import java.sql.Struct;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;

/**
 * What JDBC says about each type. The same numbers go into result-set metadata and into DatabaseMetaData, so that tools
 * that compare them find them equal.
 */
public final class JdbcTypes {
    private static final int UNBOUNDED = Integer.MAX_VALUE;

    private JdbcTypes() {}

    /**
     * The facts of a type.
     *
     * @param code the constant of {@link Types}
     * @param precision digits of numbers, characters of text and date-times, bytes of binary
     * @param scale digits after the point; for date-times of the seconds
     * @param width characters of the widest text
     * @param radix 10 for exact, 2 for approximate numbers, 0 for what is no number
     * @param javaClass class of what {@code getObject} returns
     */
    public record Facts(int code, int precision, int scale, int width, int radix, Class<?> javaClass) {
        /** Whether values may be negative. */
        public boolean signed() {
            return radix > 0;
        }
    }

    /** What JDBC says about a type to our own drivers. */
    public static Facts facts(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> new Facts(Types.BOOLEAN, 1, 0, 5, 0, Boolean.class);
            case TINYINT -> new Facts(Types.TINYINT, 3, 0, 4, 10, Byte.class);
            case SMALLINT -> new Facts(Types.SMALLINT, 5, 0, 6, 10, Short.class);
            case INTEGER -> new Facts(Types.INTEGER, 10, 0, 11, 10, Integer.class);
            case BIGINT -> new Facts(Types.BIGINT, 19, 0, 20, 10, Long.class);
            case REAL -> new Facts(Types.REAL, 7, 0, 15, 2, Float.class);
            case DOUBLE -> new Facts(Types.DOUBLE, 15, 0, 25, 2, Double.class);
            case DECIMAL -> decimal((DataType.Decimal) type);
            case VARCHAR -> new Facts(Types.VARCHAR, UNBOUNDED, 0, UNBOUNDED, 0, String.class);
            case VARBINARY -> new Facts(Types.VARBINARY, UNBOUNDED, 0, UNBOUNDED, 0, byte[].class);
            case DATE -> new Facts(Types.DATE, 10, 0, 10, 0, Date.class);
            case TIME -> new Facts(Types.TIME, 15, 6, 15, 0, Time.class);
            case TIMESTAMP -> new Facts(Types.TIMESTAMP, 26, 6, 26, 0, Timestamp.class);
            case TIMESTAMP_LTZ -> new Facts(Types.TIMESTAMP_WITH_TIMEZONE, 27, 6, 27, 0, OffsetDateTime.class);
            case UUID -> new Facts(Types.OTHER, 36, 0, 36, 0, UUID.class);
            case INTERVAL_MONTH, INTERVAL_DAY -> new Facts(Types.OTHER, 30, 0, 30, 0, String.class);
            case ARRAY -> new Facts(Types.ARRAY, UNBOUNDED, 0, UNBOUNDED, 0, Array.class);
            case MAP -> new Facts(Types.OTHER, UNBOUNDED, 0, UNBOUNDED, 0, Map.class);
            case ROW -> new Facts(Types.STRUCT, UNBOUNDED, 0, UNBOUNDED, 0, Struct.class);
            case NULL -> new Facts(Types.NULL, 0, 0, 4, 0, Object.class);
        };
    }

    private static Facts decimal(DataType.Decimal type) {
        return new Facts(Types.DECIMAL, type.precision(), type.scale(), type.precision() + 2, 10, BigDecimal.class);
    }

    /** As {@link Facts#code}, for a client of this form: stock clients cannot read TIMESTAMP_WITH_TIMEZONE. */
    public static int code(DataType type, WireForm form) {
        int code = facts(visible(type, form)).code();
        return form != WireForm.NATIVE && code == Types.TIMESTAMP_WITH_TIMEZONE ? Types.TIMESTAMP : code;
    }

    /** The type as a client of this form gets it; another one where that form cannot carry it. */
    public static DataType visible(DataType type, WireForm form) {
        if (form == WireForm.NATIVE) {
            return type;
        }
        if (type instanceof DataType.Map || form == WireForm.JSON && type instanceof DataType.Row) {
            return DataType.VARCHAR;
        }
        return type instanceof DataType.Array array ? DataType.array(visible(array.element(), form)) : type;
    }

    /** Whether the type is one of the date-times whose seconds have a fraction. */
    static boolean hasFraction(DataType type) {
        return type.kind() == DataType.Kind.TIME
                || type.kind() == DataType.Kind.TIMESTAMP
                || type.kind() == DataType.Kind.TIMESTAMP_LTZ;
    }
}
