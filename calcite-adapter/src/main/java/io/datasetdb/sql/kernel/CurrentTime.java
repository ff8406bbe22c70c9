// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * The start of the statement ({@link Bindings#now()}) in UTC as a TIMESTAMP, TIMESTAMP_LTZ, DATE or TIME: the same for all rows.
 */
public final class CurrentTime implements Expression {
    private final DataType type;

    private CurrentTime(DataType type) {
        this.type = type;
    }

    public static CurrentTime of(DataType type) {
        return switch (type.kind()) {
            case TIMESTAMP, TIMESTAMP_LTZ, DATE, TIME -> new CurrentTime(type);
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
                    INTERVAL_MONTH,
                    INTERVAL_DAY,
                    ARRAY,
                    MAP,
                    ROW,
                    NULL -> throw new IllegalStateException("not a time: " + type);
        };
    }

    @Override
    public DataType type() {
        return type;
    }

    @Override
    public Vector evaluate(Batch batch, Selection selection, Bindings bindings) {
        LocalDateTime now = LocalDateTime.ofInstant(bindings.now(), ZoneOffset.UTC);
        Object value = type.equals(DataType.TIMESTAMP_LTZ)
                ? bindings.now()
                : type.equals(DataType.DATE) ? now.toLocalDate() : type.equals(DataType.TIME) ? now.toLocalTime() : now;
        return ConstantVector.of(VectorBuilder.vector(type, value), batch.rowCount());
    }
}
