// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.cast;

import io.datasetdb.sql.kernel.VectorCall;
import io.datasetdb.vector.DataType;

/** Which conversion serves a pair of types. */
final class CastBodies {
    private CastBodies() {}

    static VectorCall.Body of(DataType from, DataType to, CastTarget target) {
        return switch (to.kind()) {
            case BOOLEAN -> ToBoolean.body(from, target);
            case TINYINT, SMALLINT, INTEGER, BIGINT -> ToInteger.body(from, target);
            case REAL, DOUBLE -> ToFloating.body(from, target);
            case DECIMAL -> ToDecimal.body(from, target);
            case VARCHAR -> ToText.varchar(from, target);
            case VARBINARY -> ToText.varbinary(from, target);
            case DATE, TIME, TIMESTAMP, TIMESTAMP_LTZ, INTERVAL_MONTH, INTERVAL_DAY -> ToTime.body(from, target);
            case UUID -> ToUuid.body(from, target);
            case ARRAY, MAP, ROW -> NestedCast.body(from, target);
            case NULL -> throw impossible(from, to);
        };
    }

    static IllegalStateException impossible(DataType from, DataType to) {
        return new IllegalStateException("no cast from " + from + " to " + to);
    }
}
