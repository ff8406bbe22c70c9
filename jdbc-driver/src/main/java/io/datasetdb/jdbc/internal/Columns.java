// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc.internal;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.sql.DatabaseMetaData;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.ColumnMetaData.AvaticaType;
import org.apache.calcite.avatica.ColumnMetaData.Rep;
import org.apache.calcite.avatica.Meta;

/** Schemas as Avatica's signatures say them. */
public final class Columns {
    private Columns() {}

    /** The signature of a statement. */
    public static Meta.Signature signature(Schema schema, List<Field> parameters, String sql, WireForm form) {
        List<ColumnMetaData> columns = new ArrayList<>();
        for (Field field : schema.fields()) {
            columns.add(column(columns.size(), field, form));
        }
        List<AvaticaParameter> described = new ArrayList<>();
        for (Field field : parameters) {
            described.add(parameter(field, form));
        }
        return new Meta.Signature(
                columns,
                sql,
                described,
                java.util.Map.of(),
                Meta.CursorFactory.LIST,
                // Anything but SELECT makes stock clients look for an update count in the rows.
                Meta.StatementType.SELECT);
    }

    private static ColumnMetaData column(int ordinal, Field field, WireForm form) {
        DataType type = JdbcTypes.visible(field.type(), form);
        // Stock clients take the precision of a date-time for the number of its fraction digits.
        boolean fractions = form != WireForm.NATIVE && JdbcTypes.hasFraction(type);
        JdbcTypes.Facts facts = JdbcTypes.facts(type);
        return new ColumnMetaData(
                ordinal,
                false,
                true,
                true,
                false,
                field.nullable() ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls,
                form != WireForm.NATIVE || facts.signed(),
                facts.width(),
                field.name(),
                field.name(),
                "",
                fractions ? 3 : facts.precision(),
                fractions ? 0 : facts.scale(),
                "",
                "",
                type(type, field.type(), form),
                true,
                false,
                false,
                facts.javaClass().getName());
    }

    private static AvaticaParameter parameter(Field field, WireForm form) {
        DataType type = field.type();
        JdbcTypes.Facts facts = JdbcTypes.facts(type);
        return new AvaticaParameter(
                facts.signed(),
                facts.precision(),
                facts.scale(),
                JdbcTypes.code(type, form),
                type.sql(),
                facts.javaClass().getName(),
                field.name());
    }

    /** The name stays the one that SQL writes, whatever the form had to make of the type. */
    private static AvaticaType type(DataType type, DataType declared, WireForm form) {
        if (form == WireForm.NATIVE) {
            return ColumnMetaData.scalar(JdbcTypes.code(type, form), type.sql(), Rep.OBJECT);
        }
        if (type instanceof DataType.Array array) {
            return ColumnMetaData.array(element(array.element(), form), declared.sql(), Rep.ARRAY);
        }
        if (type instanceof DataType.Row row) {
            List<ColumnMetaData> attributes = new ArrayList<>();
            for (Field field : row.fields()) {
                attributes.add(column(attributes.size(), field, form));
            }
            return ColumnMetaData.struct(attributes);
        }
        return ColumnMetaData.scalar(JdbcTypes.code(type, form), declared.sql(), rep(type));
    }

    /** Elements pass through accessors that cast; NUMBER makes them convert instead, and lets NULL through. */
    private static AvaticaType element(DataType type, WireForm form) {
        return JdbcTypes.facts(type).signed()
                ? ColumnMetaData.scalar(JdbcTypes.code(type, form), type.sql(), Rep.NUMBER)
                : type(type, type, form);
    }

    private static Rep rep(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> Rep.BOOLEAN;
            case TINYINT -> Rep.BYTE;
            case SMALLINT -> Rep.SHORT;
            case INTEGER, DATE, TIME -> Rep.INTEGER;
            case BIGINT, TIMESTAMP, TIMESTAMP_LTZ -> Rep.LONG;
            case REAL -> Rep.FLOAT;
            case DOUBLE -> Rep.DOUBLE;
            case DECIMAL -> Rep.NUMBER;
            case VARCHAR, UUID, INTERVAL_MONTH, INTERVAL_DAY, MAP, ROW -> Rep.STRING;
            case VARBINARY -> Rep.BYTE_STRING;
            case ARRAY -> Rep.ARRAY;
            case NULL -> Rep.OBJECT;
        };
    }
}
