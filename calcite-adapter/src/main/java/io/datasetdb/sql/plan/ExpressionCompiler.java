// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.kernel.And;
import io.datasetdb.sql.kernel.Case;
import io.datasetdb.sql.kernel.ColumnReference;
import io.datasetdb.sql.kernel.Comparison;
import io.datasetdb.sql.kernel.CorrelationReference;
import io.datasetdb.sql.kernel.DistinctFrom;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.sql.kernel.Literal;
import io.datasetdb.sql.kernel.Located;
import io.datasetdb.sql.kernel.Not;
import io.datasetdb.sql.kernel.NullTest;
import io.datasetdb.sql.kernel.Or;
import io.datasetdb.sql.kernel.ParameterReference;
import io.datasetdb.sql.kernel.RowFunction;
import io.datasetdb.sql.kernel.TruthTest;
import io.datasetdb.sql.kernel.VectorCall;
import io.datasetdb.sql.kernel.cast.Cast;
import io.datasetdb.sql.kernel.nested.RowField;
import io.datasetdb.sql.schema.ScalarFunctionOperator;
import io.datasetdb.sql.schema.TypeMapping;
import io.datasetdb.udf.ScalarFunction;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Row expressions as kernels. Logic, comparisons, CASE and casts are here, functions with a kernel in {@link
 * FunctionKernels}, library functions through their body; all others run as the code that Calcite generates for them.
 */
final class ExpressionCompiler {
    /** Where the value of an outer row's column is found. */
    interface Correlations {
        int slot(CorrelationId row, int ordinal);
    }

    private static final Set<String> JSON = Set.of("JSON_OBJECT", "JSON_ARRAY");

    private final RexBuilder rexBuilder;
    private final Correlations correlations;

    ExpressionCompiler(RexBuilder rexBuilder, Correlations correlations) {
        this.rexBuilder = rexBuilder;
        this.correlations = correlations;
    }

    Expression compile(RexNode node) {
        if (node instanceof RexInputRef reference) {
            return new ColumnReference(reference.getIndex(), type(node));
        }
        if (node instanceof RexLiteral literal) {
            DataType type = type(node);
            return Literal.of(Literals.value(literal, type), type);
        }
        if (node instanceof RexDynamicParam parameter) {
            return new ParameterReference(parameter.getIndex(), type(node));
        }
        if (node instanceof RexFieldAccess access) {
            return fieldAccess(access);
        }
        if (node instanceof RexSubQuery) {
            throw new DatasetDbException(
                    SqlError.UNSUPPORTED,
                    "Cannot plan the sub-query: in the condition of an outer join it may refer to one side only");
        }
        if (node instanceof RexCall call) {
            Expression expression = coerce(located(call(call), call.getParserPosition()), type(call));
            return isNestedConstant(call) ? folded(expression) : expression;
        }
        throw new DatasetDbException(
                SqlError.UNSUPPORTED,
                "Cannot plan the statement: this expression is not supported here (" + node + ")");
    }

    /** Whether the call puts literals together to an ARRAY or the like, which Calcite's literals cannot hold. */
    private static boolean isNestedConstant(RexCall call) {
        return switch (call.getKind()) {
            case ARRAY_VALUE_CONSTRUCTOR -> call.getOperands().stream().allMatch(ExpressionCompiler::isPart);
            case CAST -> call.getOperands().get(0) instanceof RexCall operand && isNestedConstant(operand);
            default -> false;
        };
    }

    private static boolean isPart(RexNode operand) {
        if (operand instanceof RexCall cast && cast.getKind() == SqlKind.CAST) {
            return isPart(cast.getOperands().get(0));
        }
        return operand instanceof RexLiteral || operand instanceof RexCall call && isNestedConstant(call);
    }

    /** Computed once; what fails stays as it is and fails only if a row needs it. */
    private static Expression folded(Expression expression) {
        try {
            return Literal.of(ConstantFolder.value(expression), expression.type());
        } catch (DatasetDbException e) {
            return expression;
        }
    }

    /** Values that fail are of little help without the expression that they fail in; rules may have lost its place. */
    private static Expression located(Expression expression, SqlParserPos position) {
        return position.getLineNum() == 0
                ? expression
                : Located.at(
                        expression,
                        position.getLineNum(),
                        position.getColumnNum(),
                        position instanceof PlaceInView place ? " of view " + place.view() : "");
    }

    private static DataType type(RexNode node) {
        return TypeMapping.toDataType(node.getType());
    }

    /** The expression with exactly this type. */
    static Expression coerce(Expression expression, DataType type) {
        return expression.type().equals(type) ? expression : Cast.of(expression, type);
    }

    private Expression compileAs(RexNode node, DataType type) {
        return coerce(compile(node), type);
    }

    private Expression fieldAccess(RexFieldAccess access) {
        if (access.getReferenceExpr() instanceof RexCorrelVariable variable) {
            int ordinal = access.getField().getIndex();
            return new CorrelationReference(correlations.slot(variable.id, ordinal), type(access));
        }
        return RowField.of(compile(access.getReferenceExpr()), access.getField().getIndex());
    }

    private Expression call(RexCall call) {
        List<RexNode> operands = call.getOperands();
        return switch (call.getKind()) {
            case AND -> And.of(all(operands));
            case OR -> Or.of(all(operands));
            case NOT -> Not.of(compile(operands.get(0)));
            case IS_TRUE -> TruthTest.isTrue(compile(operands.get(0)));
            case IS_FALSE -> TruthTest.isFalse(compile(operands.get(0)));
            case IS_NOT_TRUE -> TruthTest.isNotTrue(compile(operands.get(0)));
            case IS_NOT_FALSE -> TruthTest.isNotFalse(compile(operands.get(0)));
            case IS_NULL, IS_UNKNOWN -> NullTest.isNull(compile(operands.get(0)));
            case IS_NOT_NULL -> NullTest.isNotNull(compile(operands.get(0)));
            case EQUALS, NOT_EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
                comparison(call);
            case IS_DISTINCT_FROM -> distinct(call, true);
            case IS_NOT_DISTINCT_FROM -> distinct(call, false);
            case SEARCH -> new SearchKernel(rexBuilder).of(call, this);
            case CASE -> caseWhen(call);
            case CAST -> cast(call, Cast.Mode.STRICT);
            case SAFE_CAST -> cast(call, Cast.Mode.TRY);
            default -> function(call);
        };
    }

    private List<Expression> all(List<RexNode> nodes) {
        return nodes.stream().map(this::compile).toList();
    }

    private Expression comparison(RexCall call) {
        Expression left = compile(call.getOperands().get(0));
        Expression right = compile(call.getOperands().get(1));
        if (!comparesDirectly(left.type(), right.type())) {
            DataType common = commonType(call);
            left = coerce(left, common);
            right = coerce(right, common);
        }
        return Comparison.of(operator(call.getKind()), left, right);
    }

    /** Integers of any width and DECIMALs of any scale compare as they are. */
    private static boolean comparesDirectly(DataType left, DataType right) {
        return left.equals(right)
                || left.kind() == DataType.Kind.DECIMAL && right.kind() == DataType.Kind.DECIMAL
                || isInteger(left) && isInteger(right);
    }

    static boolean isInteger(DataType type) {
        return type.kind() == DataType.Kind.TINYINT
                || type.kind() == DataType.Kind.SMALLINT
                || type.kind() == DataType.Kind.INTEGER
                || type.kind() == DataType.Kind.BIGINT;
    }

    private static Comparison.Operator operator(SqlKind kind) {
        return switch (kind) {
            case EQUALS -> Comparison.Operator.EQUAL;
            case NOT_EQUALS -> Comparison.Operator.NOT_EQUAL;
            case LESS_THAN -> Comparison.Operator.LESS;
            case LESS_THAN_OR_EQUAL -> Comparison.Operator.LESS_OR_EQUAL;
            case GREATER_THAN -> Comparison.Operator.GREATER;
            case GREATER_THAN_OR_EQUAL -> Comparison.Operator.GREATER_OR_EQUAL;
            default -> throw new IllegalArgumentException(kind.name());
        };
    }

    private Expression distinct(RexCall call, boolean from) {
        DataType common = commonType(call);
        Expression left = compileAs(call.getOperands().get(0), common);
        Expression right = compileAs(call.getOperands().get(1), common);
        return from ? DistinctFrom.of(left, right) : DistinctFrom.not(left, right);
    }

    /** The type in which both operands of a comparison are compared. */
    private DataType commonType(RexCall call) {
        RelDataType left = call.getOperands().get(0).getType();
        RelDataType right = call.getOperands().get(1).getType();
        DataType leftType = TypeMapping.toDataType(left);
        DataType rightType = TypeMapping.toDataType(right);
        if (leftType.equals(rightType)) {
            return leftType;
        }
        RelDataType common = rexBuilder.getTypeFactory().leastRestrictive(List.of(left, right));
        if (common != null) {
            return TypeMapping.toDataType(common);
        }
        if (isTime(leftType) && isTime(rightType)) {
            return leftType.kind() == DataType.Kind.DATE ? rightType : leftType;
        }
        throw new DatasetDbException(
                SqlError.TYPE_MISMATCH,
                "Cannot compare values: their types have nothing in common (" + leftType + " and " + rightType + ")");
    }

    private static boolean isTime(DataType type) {
        return type.kind() == DataType.Kind.DATE
                || type.kind() == DataType.Kind.TIMESTAMP
                || type.kind() == DataType.Kind.TIMESTAMP_LTZ;
    }

    private Expression caseWhen(RexCall call) {
        DataType type = type(call);
        List<Expression> conditions = new ArrayList<>();
        List<Expression> results = new ArrayList<>();
        List<RexNode> operands = call.getOperands();
        for (int i = 0; i + 1 < operands.size(); i += 2) {
            conditions.add(compile(operands.get(i)));
            results.add(compileAs(operands.get(i + 1), type));
        }
        return Case.of(conditions, results, compileAs(operands.get(operands.size() - 1), type), type);
    }

    private Expression cast(RexCall call, Cast.Mode mode) {
        RelDataType target = call.getType();
        RexNode operand = call.getOperands().get(0);
        Expression input = compile(operand);
        DataType type = TypeMapping.toDataType(target);
        if (!Cast.isPossible(input.type(), type)) {
            throw new DatasetDbException(
                    SqlError.TYPE_MISMATCH,
                    "Cannot cast " + input.type() + " to " + type + ": there is no such conversion");
        }
        boolean text = operand.getType().getFamily() == target.getFamily();
        if (target.getSqlTypeName() == SqlTypeName.CHAR && !(text && isAtLeastAsLong(target, operand.getType()))) {
            return Cast.toChar(input, target.getPrecision(), mode);
        }
        return Cast.of(input, type, length(target), mode);
    }

    /** Whether a CHAR cast only restates a length that Calcite made up for literals and CASE. */
    private static boolean isAtLeastAsLong(RelDataType target, RelDataType source) {
        return source.getSqlTypeName() == SqlTypeName.CHAR && target.getPrecision() == source.getPrecision();
    }

    private static int length(RelDataType target) {
        boolean limited = target.getSqlTypeName() == SqlTypeName.VARCHAR
                && target.getPrecision() != RelDataType.PRECISION_NOT_SPECIFIED;
        return limited ? target.getPrecision() : -1;
    }

    private Expression function(RexCall call) {
        if (call.getOperator() instanceof ScalarFunctionOperator operator) {
            List<RelDataType> types =
                    call.getOperands().stream().map(RexNode::getType).toList();
            return libraryCall(call, operator.function(types));
        }
        Optional<Expression> kernel = FunctionKernels.of(call, this);
        if (kernel.isPresent()) {
            return kernel.get();
        }
        RexCall texts = JSON.contains(call.getOperator().getName()) ? withTimesAsTexts(call) : call;
        CompiledCall compiled = CompiledCall.of(rexBuilder, texts);
        List<Expression> arguments = all(CompiledCall.arguments(texts));
        return RowFunction.of(
                call.getOperator().getName(),
                arguments,
                type(call),
                new boolean[arguments.size()],
                call.getOperator().isDeterministic(),
                compiled::call);
    }

    /** JSON has no times; Calcite would write the milliseconds since 1970. */
    private RexCall withTimesAsTexts(RexCall call) {
        List<RexNode> operands = new ArrayList<>();
        for (RexNode operand : call.getOperands()) {
            RelDataType text = rexBuilder
                    .getTypeFactory()
                    .createTypeWithNullability(
                            rexBuilder.getTypeFactory().createSqlType(SqlTypeName.VARCHAR),
                            operand.getType().isNullable());
            boolean time =
                    RowValues.isTime(operand.getType()) || operand.getType().getSqlTypeName() == SqlTypeName.DATE;
            operands.add(time ? rexBuilder.makeAbstractCast(text, operand, false) : operand);
        }
        return call.clone(call.getType(), operands);
    }

    private Expression libraryCall(RexCall call, ScalarFunction function) {
        List<Expression> arguments = new ArrayList<>();
        boolean[] strict = new boolean[function.parameters().size()];
        for (int i = 0; i < strict.length; i++) {
            Field parameter = function.parameters().get(i);
            arguments.add(compileAs(call.getOperands().get(i), parameter.type()));
            strict[i] = !parameter.nullable();
        }
        return VectorCall.of(
                function.name(),
                arguments,
                function.returnType(),
                strict,
                function.deterministic(),
                function.body()::apply);
    }
}
