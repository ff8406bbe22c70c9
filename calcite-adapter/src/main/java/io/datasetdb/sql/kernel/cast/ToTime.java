// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.cast;

import io.datasetdb.sql.kernel.Unconvertible;
import io.datasetdb.sql.kernel.VectorCall;
import io.datasetdb.sql.kernel.time.CivilDate;
import io.datasetdb.sql.kernel.time.IntervalParser;
import io.datasetdb.sql.kernel.time.TimeParser;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DataType.Kind;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Vector;

/** To DATE, TIME, the TIMESTAMPs and intervals. */
final class ToTime {
    private ToTime() {}

    static VectorCall.Body body(DataType from, CastTarget target) {
        Loops.ToLong conversion = from.kind() == Kind.VARCHAR
                ? parser(target.type().kind())
                : conversion(from.kind(), target.type().kind());
        if (conversion == null) {
            throw CastBodies.impossible(from, target.type());
        }
        return (arguments, selection, rowCount) -> Loops.longs(arguments.get(0), selection, target, conversion);
    }

    private static Loops.@org.jspecify.annotations.Nullable ToLong parser(Kind to) {
        return switch (to) {
            case DATE -> (source, p) -> TimeParser.date(Loops.text(source, p));
            case TIME -> (source, p) -> TimeParser.time(Loops.text(source, p));
            case TIMESTAMP -> (source, p) -> TimeParser.timestamp(Loops.text(source, p));
            case TIMESTAMP_LTZ -> (source, p) -> TimeParser.instant(Loops.text(source, p));
            case INTERVAL_MONTH -> (source, p) -> IntervalParser.months(Loops.text(source, p));
            case INTERVAL_DAY -> (source, p) -> IntervalParser.micros(Loops.text(source, p));
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
                    UUID,
                    ARRAY,
                    MAP,
                    ROW,
                    NULL -> null;
        };
    }

    private static Loops.@org.jspecify.annotations.Nullable ToLong conversion(Kind from, Kind to) {
        boolean toTimestamp = to == Kind.TIMESTAMP || to == Kind.TIMESTAMP_LTZ;
        boolean fromTimestamp = from == Kind.TIMESTAMP || from == Kind.TIMESTAMP_LTZ;
        if (fromTimestamp && toTimestamp) {
            return ToTime::micros;
        }
        if (fromTimestamp && to == Kind.DATE) {
            return (source, p) -> day(Math.floorDiv(micros(source, p), CivilDate.MICROS_PER_DAY));
        }
        if (fromTimestamp && to == Kind.TIME) {
            return (source, p) -> Math.floorMod(micros(source, p), CivilDate.MICROS_PER_DAY);
        }
        if (from == Kind.DATE && toTimestamp) {
            return ToTime::midnight;
        }
        boolean isSelf = from == to && (to == Kind.INTERVAL_DAY || to == Kind.INTERVAL_MONTH || to == Kind.TIME);
        return isSelf ? ToTime::micros : null;
    }

    private static long micros(Vector source, int p) {
        return ((LongVector) source).values()[p];
    }

    private static long day(long days) {
        if (days != (int) days) {
            throw Unconvertible.outOfRange();
        }
        return days;
    }

    private static long midnight(Vector source, int p) {
        long days = ((IntVector) source).values()[p];
        long micros = days * CivilDate.MICROS_PER_DAY;
        if (Math.multiplyHigh(days, CivilDate.MICROS_PER_DAY) != micros >> 63) {
            throw Unconvertible.outOfRange();
        }
        return micros;
    }
}
