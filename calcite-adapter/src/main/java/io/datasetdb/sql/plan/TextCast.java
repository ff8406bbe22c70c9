// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlCastFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.StandardConvertletTable;

/** CAST to VARCHAR, which Calcite does not know of ARRAY, MAP and ROW. */
final class TextCast extends SqlCastFunction {
    private static final TextCast CAST = new TextCast("CAST", SqlKind.CAST);
    private static final TextCast SAFE_CAST = new TextCast("SAFE_CAST", SqlKind.SAFE_CAST);

    private TextCast(String name, SqlKind kind) {
        super(name, kind);
    }

    /** The cast, if it is one to a text, so that it takes values of all types. */
    static SqlCall of(SqlCall cast) {
        boolean toText = cast.operand(1) instanceof SqlDataTypeSpec type
                && type.getCollectionsTypeName() == null
                && isText(type.getTypeName().getSimple());
        return toText
                ? (cast.getKind() == SqlKind.CAST ? CAST : SAFE_CAST)
                        .createCall(cast.getParserPosition(), cast.getOperandList())
                : cast;
    }

    private static boolean isText(String name) {
        return name.equalsIgnoreCase(SqlTypeName.VARCHAR.getName())
                || name.equalsIgnoreCase(SqlTypeName.CHAR.getName());
    }

    /** What looks for a function of this name would find Calcite's. */
    @Override
    public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        return validateOperands(validator, scope, call);
    }

    @Override
    public RelDataType inferReturnType(SqlOperatorBinding binding) {
        if (!isNested(binding.getOperandType(0))) {
            return super.inferReturnType(binding);
        }
        boolean nullable =
                getKind() == SqlKind.SAFE_CAST || binding.getOperandType(0).isNullable();
        return binding.getTypeFactory().createTypeWithNullability(binding.getOperandType(1), nullable);
    }

    @Override
    public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
        return isNested(binding.getOperandType(0)) || super.checkOperandTypes(binding, throwOnFailure);
    }

    /** As an expression over rows. */
    static RexNode convert(SqlRexContext context, SqlCall cast) {
        RexNode value = context.convertExpression(cast.operand(0));
        if (isNested(value.getType())) {
            RelDataType type = context.getValidator().getValidatedNodeType(cast);
            return context.getRexBuilder()
                    .makeAbstractCast(cast.getParserPosition(), type, value, cast.getKind() == SqlKind.SAFE_CAST);
        }
        SqlCall plain = SqlStdOperatorTable.CAST.createCall(cast.getParserPosition(), cast.getOperandList());
        return Objects.requireNonNull(StandardConvertletTable.INSTANCE.get(plain))
                .convertCall(context, cast);
    }

    private static boolean isNested(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case ARRAY, MAP, ROW -> true;
            default -> false;
        };
    }
}
