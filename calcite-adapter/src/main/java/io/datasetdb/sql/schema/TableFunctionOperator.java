// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.schema;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import io.datasetdb.udf.TableFunction;
import io.datasetdb.vector.DataType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.TableMacro;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandMetadata;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.validate.SqlUserDefinedTableMacro;
import org.apache.calcite.util.NlsString;
import org.jspecify.annotations.Nullable;

/** A table function as an operator that is replaced by its table while the statement is converted to algebra. */
final class TableFunctionOperator extends SqlUserDefinedTableMacro {
    private final TableFunction function;
    private final StatementCatalog catalog;

    /**
     * A table function of one statement.
     *
     * @param name by which the statement calls it
     */
    TableFunctionOperator(TableFunction function, List<String> name, StatementCatalog catalog) {
        super(
                new SqlIdentifier(name, SqlParserPos.ZERO),
                SqlKind.OTHER_FUNCTION,
                ReturnTypes.CURSOR,
                InferTypes.RETURN_TYPE,
                metadata(function),
                new NamedParameters(function));
        this.function = function;
        this.catalog = catalog;
    }

    private static SqlOperandMetadata metadata(TableFunction function) {
        List<TableFunction.Parameter> parameters = function.parameters();
        return OperandTypes.operandMetadata(
                parameters.stream().map(parameter -> SqlTypeFamily.ANY).toList(),
                factory -> types(factory, parameters),
                i -> parameters.get(i).name(),
                i -> !parameters.get(i).required());
    }

    private static List<RelDataType> types(RelDataTypeFactory factory, List<TableFunction.Parameter> parameters) {
        return parameters.stream()
                .map(parameter -> TypeMapping.toRelType(factory, parameter.type(), true))
                .toList();
    }

    @Override
    public TranslatableTable getTable(SqlOperatorBinding call) {
        List<@Nullable Object> arguments = new ArrayList<>();
        for (int i = 0; i < function.parameters().size(); i++) {
            arguments.add(i < call.getOperandCount() ? argument(call, i) : missing(i));
        }
        return new CatalogTable(catalog.call(function, arguments));
    }

    private @Nullable Object argument(SqlOperatorBinding call, int ordinal) {
        TableFunction.Parameter parameter = function.parameters().get(ordinal);
        if (call.getOperandType(ordinal).getSqlTypeName() == org.apache.calcite.sql.type.SqlTypeName.NULL
                || call.isOperandNull(ordinal, true)) {
            return missing(ordinal);
        }
        if (!call.isOperandLiteral(ordinal, true)) {
            throw new DatasetDbException(
                    SqlError.INVALID_ARGUMENT,
                    "Cannot call " + function.name() + ": its argument must be a literal and no parameter or column ("
                            + parameter.name() + ")");
        }
        Object value = value(call, ordinal, parameter.type());
        if (value == null) {
            throw new DatasetDbException(
                    SqlError.TYPE_MISMATCH,
                    "Cannot call " + function.name() + ": argument " + parameter.name() + " must be of type "
                            + parameter.type() + " (" + call.getOperandLiteralValue(ordinal, Object.class) + ")");
        }
        return value;
    }

    private static @Nullable Object value(SqlOperatorBinding call, int ordinal, DataType type) {
        Object literal = call.getOperandLiteralValue(ordinal, Object.class);
        return switch (type.kind()) {
            case VARCHAR ->
                literal instanceof NlsString text ? text.getValue() : literal instanceof String ? literal : null;
            case BOOLEAN -> literal instanceof Boolean flag ? flag : null;
            case INTEGER ->
                literal instanceof BigDecimal number && isInteger(number, Integer.SIZE)
                        ? (Object) number.intValue()
                        : null;
            case BIGINT ->
                literal instanceof BigDecimal number && isInteger(number, Long.SIZE)
                        ? (Object) number.longValue()
                        : null;
            case DOUBLE -> literal instanceof BigDecimal number ? (Object) number.doubleValue() : null;
            case TINYINT,
                    SMALLINT,
                    REAL,
                    DECIMAL,
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
                    NULL -> throw new IllegalStateException("parameter type " + type);
        };
    }

    private static boolean isInteger(BigDecimal number, int bits) {
        return number.stripTrailingZeros().scale() <= 0 && number.toBigInteger().bitLength() < bits;
    }

    private @Nullable Object missing(int ordinal) {
        TableFunction.Parameter parameter = function.parameters().get(ordinal);
        if (parameter.required()) {
            throw new DatasetDbException(
                    SqlError.INVALID_ARGUMENT,
                    "Cannot call " + function.name() + ": argument " + parameter.name() + " is missing");
        }
        return null;
    }

    /** Tells Calcite the parameters' names; never applied, because {@link #getTable} is. */
    private record NamedParameters(TableFunction function) implements TableMacro {
        @Override
        public TranslatableTable apply(List<? extends @Nullable Object> arguments) {
            throw new IllegalStateException("bound by the operator: " + function.name());
        }

        @Override
        public List<org.apache.calcite.schema.FunctionParameter> getParameters() {
            List<org.apache.calcite.schema.FunctionParameter> result = new ArrayList<>();
            for (TableFunction.Parameter parameter : function.parameters()) {
                result.add(new NamedParameter(result.size(), parameter));
            }
            return result;
        }
    }

    private record NamedParameter(int ordinal, TableFunction.Parameter parameter)
            implements org.apache.calcite.schema.FunctionParameter {
        @Override
        public int getOrdinal() {
            return ordinal;
        }

        @Override
        public String getName() {
            return parameter.name();
        }

        @Override
        public RelDataType getType(RelDataTypeFactory factory) {
            return TypeMapping.toRelType(factory, parameter.type(), true);
        }

        @Override
        public boolean isOptional() {
            return !parameter.required();
        }
    }
}
