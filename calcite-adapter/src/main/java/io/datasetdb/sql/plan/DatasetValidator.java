// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/**
 * Calcite's validator, but every parameter has a type: what the function it is given to says, or else what stands beside it,
 * or else, as in PostgreSQL, VARCHAR. One parameter may stand at several places of a rewritten query; it has one type.
 */
final class DatasetValidator extends SqlValidatorImpl {
    /** Digits that a parameter has before and behind the point at least, where a DECIMAL stands beside it. */
    private static final int WHOLE_DIGITS = 19;

    private static final int FRACTION_DIGITS = 9;
    private static final int MAX_DIGITS = 38;

    private final ParameterTypes types;
    private final Map<Integer, RelDataType> settled = new TreeMap<>();
    private final Map<Integer, RelDataType> bound = new TreeMap<>();

    DatasetValidator(
            SqlOperatorTable operators, SqlValidatorCatalogReader reader, RelDataTypeFactory factory, Config config) {
        super(operators, reader, factory, config);
        this.types = new ParameterTypes(this, operators);
    }

    /** Calcite fails to choose among overloads of arrays by one that has no elements to tell its type, and by what is no array. */
    @Override
    public RelDataType deriveType(SqlValidatorScope scope, SqlNode operand) {
        try {
            return super.deriveType(scope, operand);
        } catch (IllegalArgumentException | AssertionError e) {
            if (operand instanceof SqlCall call && call.getOperator() instanceof SqlUnresolvedFunction function) {
                SqlParserPos position = call.getParserPosition();
                throw new DatasetDbException(
                        SqlError.TYPE_MISMATCH,
                        "Cannot call " + function.getName()
                                + ": its arguments do not say which of its forms is meant; a CAST does (at line "
                                + position.getLineNum() + ", column " + position.getColumnNum() + ")",
                        e);
            }
            throw e;
        }
    }

    @Override
    protected void inferUnknownTypes(RelDataType inferred, SqlValidatorScope scope, SqlNode node) {
        if (node instanceof SqlDynamicParam parameter) {
            super.inferUnknownTypes(settle(parameter, inferred), scope, node);
            return;
        }
        if (node instanceof SqlCase branches) {
            settleBranches(inferred, scope, branches);
        } else if (node instanceof SqlCall call && !call.isA(SqlKind.QUERY) && call.getKind() != SqlKind.AS) {
            settleOperands(scope, call);
        }
        super.inferUnknownTypes(inferred, scope, node);
    }

    @Override
    protected void validateValues(SqlCall node, RelDataType targetRowType, SqlValidatorScope scope) {
        types.columns(scope, node).forEach((parameter, type) -> decide(parameter, roomy(type, 0)));
        super.validateValues(node, targetRowType, scope);
    }

    /** Calcite asks for the types of what a query is ordered by before those of its parameters are known. */
    @Override
    protected void validateOrderList(SqlSelect select) {
        SqlNodeList order = select.getOrderList();
        if (order != null) {
            for (SqlNode item : order) {
                inferUnknownTypes(unknownType, getOrderScope(select), expandOrderExpr(select, item));
            }
        }
        super.validateOrderList(select);
    }

    @Override
    protected void validateFrom(SqlNode node, RelDataType targetRowType, SqlValidatorScope scope) {
        if (node instanceof SqlCall unnest && unnest.getKind() == SqlKind.UNNEST) {
            unnest.getOperandList().forEach(operand -> inferUnknownTypes(unknownType, scope, operand));
        }
        super.validateFrom(node, targetRowType, scope);
    }

    /** The types of parameters that the query has no more, because their values are in it already. */
    void declare(Map<Integer, RelDataType> parameters) {
        settled.putAll(parameters);
    }

    /** The type of a parameter, whatever its place says. */
    void bind(int index, RelDataType type) {
        bound.put(index, type);
    }

    /** The parameters' types in order; by their numbers, because a rewritten query may have one of them twice or never. */
    @Override
    public RelDataType getParameterRowType(SqlNode query) {
        Map<Integer, RelDataType> known = new TreeMap<>(settled);
        query.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlDynamicParam parameter) {
                RelDataType own = bound.get(parameter.getIndex());
                if (own != null) {
                    // A CAST around it has made it of its own type.
                    setValidatedNodeType(parameter, typeFactory.createTypeWithNullability(own, true));
                }
                RelDataType type = getValidatedNodeTypeIfKnown(parameter);
                if (type != null) {
                    known.putIfAbsent(parameter.getIndex(), type);
                }
                return null;
            }
        });
        RelDataTypeFactory.Builder row = typeFactory.builder();
        int count = known.keySet().stream().mapToInt(index -> index + 1).max().orElse(0);
        for (int i = 0; i < count; i++) {
            RelDataType type = known.getOrDefault(i, text());
            row.add("?" + (i + 1), typeFactory.createTypeWithNullability(type, true));
        }
        return row.build();
    }

    private void settleOperands(SqlValidatorScope scope, SqlCall call) {
        SqlValidatorScope own = scopes.getOrDefault(call, scope);
        for (SqlNode operand : call.getOperandList()) {
            // Its type is asked for before its parameters are, and a sum of a time and something unknown has none.
            if (operand instanceof SqlCall sum && (sum.getKind() == SqlKind.PLUS || sum.getKind() == SqlKind.MINUS)) {
                settleOperands(own, sum);
            }
        }
        types.operands(own, call).forEach((parameter, type) -> decide(parameter, roomy(type, FRACTION_DIGITS)));
    }

    /** The branches of a CASE have one type, which those that are no parameters decide. */
    private void settleBranches(RelDataType inferred, SqlValidatorScope scope, SqlCase branches) {
        Map<SqlDynamicParam, RelDataType> found = types.branches(scope, branches, inferred, this::inferUnknownTypes);
        found.forEach((parameter, type) -> decide(parameter, roomy(type, 0)));
        found.keySet().forEach(parameter -> inferUnknownTypes(unknownType, scope, parameter));
    }

    private void decide(SqlDynamicParam parameter, RelDataType type) {
        if (!settled.containsKey(parameter.getIndex())) {
            RelDataType wide = bound.getOrDefault(parameter.getIndex(), wide(type));
            settled.put(parameter.getIndex(), wide);
            // What looks for the first operand of a known type finds this one.
            setValidatedNodeType(parameter, typeFactory.createTypeWithNullability(wide, true));
        }
    }

    private RelDataType settle(SqlDynamicParam parameter, RelDataType inferred) {
        RelDataType known = settled.get(parameter.getIndex());
        if (known != null) {
            return known;
        }
        RelDataType place = inferred.equals(unknownType) || inferred.isStruct() ? text() : wide(inferred);
        RelDataType type = bound.getOrDefault(parameter.getIndex(), place);
        settled.put(parameter.getIndex(), type);
        return type;
    }

    /** What stands beside a parameter may be a short literal; the parameter's value need not be as short. */
    private RelDataType wide(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case CHAR, VARCHAR -> text();
            case TIME, TIMESTAMP -> typeFactory.createSqlType(type.getSqlTypeName());
            default -> type;
        };
    }

    /** A DECIMAL with room for numbers that are longer than what stands beside them. */
    private RelDataType roomy(RelDataType type, int fractionDigits) {
        if (type.getSqlTypeName() != SqlTypeName.DECIMAL) {
            return type;
        }
        int whole = Math.max(type.getPrecision() - type.getScale(), WHOLE_DIGITS);
        int scale = Math.min(Math.max(type.getScale(), fractionDigits), MAX_DIGITS - whole);
        return typeFactory.createSqlType(SqlTypeName.DECIMAL, whole + scale, scale);
    }

    private RelDataType text() {
        return typeFactory.createSqlType(SqlTypeName.VARCHAR);
    }
}
