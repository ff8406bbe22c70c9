// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.cast;

import io.datasetdb.sql.kernel.VectorCall;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DoubleVector;
import io.datasetdb.vector.FloatVector;
import io.datasetdb.vector.Int128Vector;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Vector;

/** To BOOLEAN: text by words, numbers by being 0 or not. */
final class ToBoolean {
    private ToBoolean() {}

    static VectorCall.Body body(DataType from, CastTarget target) {
        Loops.ToLong conversion = conversion(from, target);
        return (arguments, selection, rowCount) -> Loops.longs(arguments.get(0), selection, target, conversion);
    }

    private static Loops.ToLong conversion(DataType from, CastTarget target) {
        return switch (from.kind()) {
            case TINYINT, SMALLINT, INTEGER -> (source, p) -> ((IntVector) source).values()[p];
            case BIGINT -> (source, p) -> ((LongVector) source).values()[p];
            case DECIMAL -> ToBoolean::decimal;
            case REAL -> (source, p) -> ((FloatVector) source).values()[p] == 0 ? 0 : 1;
            case DOUBLE -> (source, p) -> ((DoubleVector) source).values()[p] == 0 ? 0 : 1;
            case VARCHAR -> (source, p) -> NumberText.truth(Loops.text(source, p)) ? 1 : 0;
            case BOOLEAN,
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
                    NULL -> throw CastBodies.impossible(from, target.type());
        };
    }

    private static long decimal(Vector source, int p) {
        return source instanceof Int128Vector wide ? wide.high()[p] | wide.low()[p] : ((LongVector) source).values()[p];
    }
}
