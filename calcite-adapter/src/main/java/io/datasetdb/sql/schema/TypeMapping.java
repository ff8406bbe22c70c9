// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.schema;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.sql.type.SqlTypeName;

/** Our types as Calcite's and back. */
public final class TypeMapping {
    private TypeMapping() {}

    /** A table's row type. */
    public static RelDataType toRowType(RelDataTypeFactory factory, Schema schema) {
        RelDataTypeFactory.Builder builder = factory.builder();
        for (Field field : schema.fields()) {
            builder.add(field.name(), toRelType(factory, field.type(), field.nullable()));
        }
        return builder.build();
    }

    /** Our type as Calcite's. */
    public static RelDataType toRelType(RelDataTypeFactory factory, DataType type, boolean nullable) {
        RelDataType result = switch (type.kind()) {
            case BOOLEAN -> factory.createSqlType(SqlTypeName.BOOLEAN);
            case TINYINT -> factory.createSqlType(SqlTypeName.TINYINT);
            case SMALLINT -> factory.createSqlType(SqlTypeName.SMALLINT);
            case INTEGER -> factory.createSqlType(SqlTypeName.INTEGER);
            case BIGINT -> factory.createSqlType(SqlTypeName.BIGINT);
            case REAL -> factory.createSqlType(SqlTypeName.REAL);
            case DOUBLE -> factory.createSqlType(SqlTypeName.DOUBLE);
            case DECIMAL -> {
                DataType.Decimal decimal = (DataType.Decimal) type;
                yield factory.createSqlType(SqlTypeName.DECIMAL, decimal.precision(), decimal.scale());
            }
            case VARCHAR -> factory.createSqlType(SqlTypeName.VARCHAR);
            case VARBINARY -> factory.createSqlType(SqlTypeName.VARBINARY);
            case DATE -> factory.createSqlType(SqlTypeName.DATE);
            case TIME -> factory.createSqlType(SqlTypeName.TIME, DatasetTypeSystem.TIME_PRECISION);
            case TIMESTAMP -> factory.createSqlType(SqlTypeName.TIMESTAMP, DatasetTypeSystem.TIME_PRECISION);
            case TIMESTAMP_LTZ ->
                factory.createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, DatasetTypeSystem.TIME_PRECISION);
            case UUID -> factory.createSqlType(SqlTypeName.UUID);
            case INTERVAL_MONTH -> IntervalTypes.months(factory);
            case INTERVAL_DAY -> IntervalTypes.days(factory);
            case ARRAY -> factory.createArrayType(toRelType(factory, ((DataType.Array) type).element(), true), -1);
            case MAP -> {
                DataType.Map map = (DataType.Map) type;
                yield factory.createMapType(
                        toRelType(factory, map.key(), false), toRelType(factory, map.value(), true));
            }
            case ROW -> toStruct(factory, (DataType.Row) type);
            case NULL -> factory.createSqlType(SqlTypeName.NULL);
        };
        return factory.createTypeWithNullability(result, nullable);
    }

    /** A struct whose fields can be reached as {@code f.path} but which {@code *} keeps as one column. */
    private static RelDataType toStruct(RelDataTypeFactory factory, DataType.Row row) {
        List<RelDataType> types = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Field field : row.fields()) {
            // Inside a row that may be NULL every field may be.
            types.add(toRelType(factory, field.type(), true));
            names.add(field.name());
        }
        return factory.createStructType(StructKind.PEEK_FIELDS_NO_EXPAND, types, names);
    }

    /** The columns of a row type. */
    public static Schema toSchema(RelDataType rowType) {
        List<Field> fields = new ArrayList<>();
        for (RelDataTypeField field : rowType.getFieldList()) {
            fields.add(new Field(
                    field.getName(),
                    toDataType(field.getType()),
                    field.getType().isNullable()));
        }
        return new Schema(fields);
    }

    /** The types of a row type's columns. */
    public static List<DataType> toDataTypes(RelDataType rowType) {
        return rowType.getFieldList().stream()
                .map(field -> toDataType(field.getType()))
                .toList();
    }

    /** Calcite's type as ours; fails with {@link SqlError#UNSUPPORTED} for types that have no such form. */
    public static DataType toDataType(RelDataType type) {
        SqlTypeName name = type.getSqlTypeName();
        return switch (name) {
            case BOOLEAN -> DataType.BOOLEAN;
            case TINYINT -> DataType.TINYINT;
            case UTINYINT, SMALLINT -> DataType.SMALLINT;
            case USMALLINT, INTEGER -> DataType.INTEGER;
            case UINTEGER, BIGINT -> DataType.BIGINT;
            case UBIGINT -> DataType.decimal(20, 0);
            case REAL -> DataType.REAL;
            case FLOAT, DOUBLE -> DataType.DOUBLE;
            case DECIMAL -> DataType.decimal(Math.max(type.getPrecision(), type.getScale()), type.getScale());
            case CHAR, VARCHAR, SYMBOL -> DataType.VARCHAR;
            case BINARY, VARBINARY -> DataType.VARBINARY;
            case DATE -> DataType.DATE;
            case TIME -> DataType.TIME;
            case TIMESTAMP -> DataType.TIMESTAMP;
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> DataType.TIMESTAMP_LTZ;
            case UUID -> DataType.UUID;
            case INTERVAL_YEAR, INTERVAL_YEAR_MONTH, INTERVAL_MONTH -> DataType.INTERVAL_MONTH;
            case INTERVAL_DAY,
                    INTERVAL_DAY_HOUR,
                    INTERVAL_DAY_MINUTE,
                    INTERVAL_DAY_SECOND,
                    INTERVAL_HOUR,
                    INTERVAL_HOUR_MINUTE,
                    INTERVAL_HOUR_SECOND,
                    INTERVAL_MINUTE,
                    INTERVAL_MINUTE_SECOND,
                    INTERVAL_SECOND -> DataType.INTERVAL_DAY;
            case ARRAY, MULTISET -> DataType.array(toDataType(component(type)));
            case MAP ->
                DataType.map(
                        toDataType(java.util.Objects.requireNonNull(type.getKeyType())),
                        toDataType(java.util.Objects.requireNonNull(type.getValueType())));
            case ROW, STRUCTURED -> DataType.row(toSchema(type).fields());
            case NULL -> DataType.NULL;
            default ->
                throw new DatasetDbException(
                        SqlError.UNSUPPORTED,
                        "Cannot plan the statement: values of this type are not supported (" + type + ")");
        };
    }

    private static RelDataType component(RelDataType type) {
        return java.util.Objects.requireNonNull(type.getComponentType());
    }

    /** The same type, but every field inside it may be NULL: as plans see it, whatever the values are known to be. */
    public static DataType nullableInside(DataType type) {
        if (type instanceof DataType.Array array) {
            return DataType.array(nullableInside(array.element()));
        }
        if (type instanceof DataType.Map map) {
            return DataType.map(nullableInside(map.key()), nullableInside(map.value()));
        }
        if (type instanceof DataType.Row row) {
            return DataType.row(row.fields().stream()
                    .map(field -> Field.of(field.name(), nullableInside(field.type())))
                    .toList());
        }
        return type;
    }
}
