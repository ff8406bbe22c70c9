// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.record;

import io.datasetdb.ProgramError;
import io.datasetdb.error.DatasetDbException;
import io.datasetdb.vector.DataType;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** BigDecimals. Their scale is the declared one, else the largest that was observed, else {@link #DEFAULT_SCALE}. */
final class DecimalEncoder extends Encoder {
    private static final int DEFAULT_SCALE = 18;

    private final String where;
    private final int precision;
    private final boolean declared;
    private int scale;

    DecimalEncoder(String where, int precision, int scale) {
        this.where = where;
        this.precision = precision;
        this.declared = true;
        this.scale = scale;
    }

    DecimalEncoder(String where) {
        this.where = where;
        this.precision = DataType.MAX_DECIMAL_PRECISION;
        this.declared = false;
        this.scale = -1;
    }

    @Override
    public DataType type() {
        return DataType.decimal(precision, scale());
    }

    private int scale() {
        return scale < 0 ? DEFAULT_SCALE : scale;
    }

    @Override
    void observe(@Nullable Object value) {
        if (!declared && value instanceof BigDecimal decimal) {
            scale = Math.max(scale, Math.min(Math.max(decimal.scale(), 0), precision));
        }
    }

    @Override
    public @Nullable Object encode(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        BigDecimal decimal = (BigDecimal) value;
        if (decimal.scale() > scale()) {
            decimal = decimal.stripTrailingZeros();
        }
        if (decimal.scale() > scale() || decimal.precision() - decimal.scale() > precision - scale()) {
            throw new DatasetDbException(
                    ProgramError.BAD_VALUE,
                    "Cannot store " + where + ": the value does not fit " + type()
                            + ", another one may be declared by @Decimal (" + value + ")");
        }
        return decimal.setScale(scale());
    }
}
