// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet;

import io.datasetdb.vector.DataType;
import java.util.Optional;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.BsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntervalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.LogicalTypeAnnotationVisitor;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/**
 * The type in which a stored column reads. Unsigned integers widen to the next type that holds them; INTERVAL, which
 * mixes months, days and milliseconds, reads as its ISO 8601 text; decimals beyond 38 digits read as DOUBLE; an
 * annotation that we do not know leaves the physical type.
 */
final class LeafTypes implements LogicalTypeAnnotationVisitor<DataType> {
    private static final LeafTypes VISITOR = new LeafTypes();

    private LeafTypes() {}

    static DataType of(PrimitiveType stored) {
        LogicalTypeAnnotation logical = stored.getLogicalTypeAnnotation();
        return Optional.ofNullable(logical)
                .flatMap(annotation -> annotation.accept(VISITOR))
                .orElseGet(() -> physical(stored));
    }

    private static DataType physical(PrimitiveType stored) {
        return switch (stored.getPrimitiveTypeName()) {
            case BOOLEAN -> DataType.BOOLEAN;
            case INT32 -> DataType.INTEGER;
            case INT64 -> DataType.BIGINT;
            case INT96 -> DataType.TIMESTAMP;
            case FLOAT -> DataType.REAL;
            case DOUBLE -> DataType.DOUBLE;
            case BINARY, FIXED_LEN_BYTE_ARRAY -> DataType.VARBINARY;
        };
    }

    @Override
    public Optional<DataType> visit(StringLogicalTypeAnnotation annotation) {
        return Optional.of(DataType.VARCHAR);
    }

    @Override
    public Optional<DataType> visit(EnumLogicalTypeAnnotation annotation) {
        return Optional.of(DataType.VARCHAR);
    }

    @Override
    public Optional<DataType> visit(JsonLogicalTypeAnnotation annotation) {
        return Optional.of(DataType.VARCHAR);
    }

    @Override
    public Optional<DataType> visit(BsonLogicalTypeAnnotation annotation) {
        return Optional.of(DataType.VARBINARY);
    }

    @Override
    public Optional<DataType> visit(IntervalLogicalTypeAnnotation annotation) {
        return Optional.of(DataType.VARCHAR);
    }

    @Override
    public Optional<DataType> visit(UUIDLogicalTypeAnnotation annotation) {
        return Optional.of(DataType.UUID);
    }

    @Override
    public Optional<DataType> visit(Float16LogicalTypeAnnotation annotation) {
        return Optional.of(DataType.REAL);
    }

    @Override
    public Optional<DataType> visit(DateLogicalTypeAnnotation annotation) {
        return Optional.of(DataType.DATE);
    }

    @Override
    public Optional<DataType> visit(TimeLogicalTypeAnnotation annotation) {
        return Optional.of(DataType.TIME);
    }

    @Override
    public Optional<DataType> visit(TimestampLogicalTypeAnnotation annotation) {
        return Optional.of(annotation.isAdjustedToUTC() ? DataType.TIMESTAMP_LTZ : DataType.TIMESTAMP);
    }

    @Override
    public Optional<DataType> visit(DecimalLogicalTypeAnnotation annotation) {
        int precision = annotation.getPrecision();
        return Optional.of(
                precision > DataType.MAX_DECIMAL_PRECISION
                        ? DataType.DOUBLE
                        : DataType.decimal(precision, annotation.getScale()));
    }

    @Override
    public Optional<DataType> visit(IntLogicalTypeAnnotation annotation) {
        boolean signed = annotation.isSigned();
        return Optional.of(
                switch (annotation.getBitWidth()) {
                    case 8 -> signed ? DataType.TINYINT : DataType.INTEGER;
                    case 16 -> signed ? DataType.SMALLINT : DataType.INTEGER;
                    case 32 -> signed ? DataType.INTEGER : DataType.BIGINT;
                    default -> signed ? DataType.BIGINT : DataType.decimal(20, 0);
                });
    }
}
