// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlInternalOperators;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.CompositeOperandTypeChecker;
import org.apache.calcite.sql.type.ImplicitCastOperandTypeChecker;
import org.apache.calcite.sql.type.SqlOperandMetadata;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/** What the place of a parameter says of its type, where Calcite does not know or guesses badly. */
final class ParameterTypes {
    /** Lets the parameters inside a node be typed. */
    interface Inference {
        void infer(RelDataType inferred, SqlValidatorScope scope, SqlNode node);
    }

    /** Functions that take whole numbers behind their first operand, which their signatures do not say. */
    private static final Set<String> COUNTED =
            Set.of("SUBSTRING", "SUBSTR", "LAG", "LEAD", "NTH_VALUE", "LEFT", "RIGHT", "REPEAT");

    private final SqlValidator validator;
    private final SqlOperatorTable operators;
    private final RelDataTypeFactory factory;

    ParameterTypes(SqlValidator validator, SqlOperatorTable operators) {
        this.validator = validator;
        this.operators = operators;
        this.factory = validator.getTypeFactory();
    }

    /** The types of a call's operands that are parameters, as far as the place tells. */
    Map<SqlDynamicParam, RelDataType> operands(SqlValidatorScope scope, SqlCall call) {
        Map<SqlDynamicParam, RelDataType> result = new IdentityHashMap<>();
        List<SqlNode> operands = call.getOperandList();
        if (call.getKind() == SqlKind.IN || call.getKind() == SqlKind.NOT_IN) {
            rows(scope, call, result);
        }
        for (int i = 0; i < operands.size(); i++) {
            if (operands.get(i) instanceof SqlDynamicParam parameter) {
                operand(scope, call, i).ifPresent(type -> result.put(parameter, type));
            } else if (isQuantified(call)
                    && i == 1
                    && operands.get(1) instanceof SqlNodeList list
                    && list.size() == 1
                    && list.get(0) instanceof SqlDynamicParam array) {
                known(scope, operands.get(0)).ifPresent(type -> result.put(array, factory.createArrayType(type, -1)));
            }
        }
        return result;
    }

    /** Those in {@code (a, b) IN ((?, ?))}, which are of the types of a and b. */
    private void rows(SqlValidatorScope scope, SqlCall in, Map<SqlDynamicParam, RelDataType> result) {
        if (!(in.operand(0) instanceof SqlCall left) || !(in.operand(1) instanceof SqlNodeList list)) {
            return;
        }
        for (SqlNode item : list) {
            if (left.getKind() == SqlKind.ROW && item instanceof SqlCall row && row.getKind() == SqlKind.ROW) {
                for (int i = 0; i < Math.min(left.operandCount(), row.operandCount()); i++) {
                    if (row.operand(i) instanceof SqlDynamicParam parameter) {
                        known(scope, left.operand(i)).ifPresent(type -> result.put(parameter, type));
                    }
                }
            }
        }
    }

    /** The types of the parameters among the branches of a CASE: that of the first other branch. */
    Map<SqlDynamicParam, RelDataType> branches(
            SqlValidatorScope scope, SqlCase call, RelDataType inferred, Inference inference) {
        List<SqlNode> branches = new ArrayList<>(call.getThenOperands().getList());
        if (call.getElseOperand() != null) {
            branches.add(call.getElseOperand());
        }
        Map<SqlDynamicParam, RelDataType> result = new IdentityHashMap<>();
        if (branches.stream().allMatch(branch -> parameter(branch) == null)) {
            return result;
        }
        RelDataType type = null;
        for (SqlNode branch : branches) {
            if (parameter(branch) == null && !SqlUtil.isNullLiteral(branch, false)) {
                inference.infer(inferred, scope, branch);
                RelDataType own = validator.deriveType(scope, branch);
                RelDataType both = type == null ? own : factory.leastRestrictive(List.of(type, own));
                type = both == null ? type : both;
            }
        }
        if (type == null) {
            // NULLIF compares the parameter with something first.
            RelDataType condition = type(SqlTypeName.BOOLEAN);
            call.getWhenOperands().forEach(when -> inference.infer(condition, scope, when));
        }
        RelDataType common = type != null ? type : inferred.equals(validator.getUnknownType()) ? text() : inferred;
        for (SqlNode branch : branches) {
            SqlDynamicParam parameter = parameter(branch);
            if (parameter != null) {
                result.put(parameter, common);
            }
        }
        return result;
    }

    /** The parameter that a branch is; COALESCE, which becomes a CASE, says of it that it is not NULL. */
    private static @Nullable SqlDynamicParam parameter(SqlNode branch) {
        SqlNode node = branch instanceof SqlCall call && call.getOperator().equals(SqlInternalOperators.CAST_NOT_NULL)
                ? call.operand(0)
                : branch;
        return node instanceof SqlDynamicParam parameter ? parameter : null;
    }

    /** The types of the parameters in VALUES: that of their column in the first other row. */
    Map<SqlDynamicParam, RelDataType> columns(SqlValidatorScope scope, SqlCall values) {
        Map<SqlDynamicParam, RelDataType> result = new IdentityHashMap<>();
        for (SqlNode row : values.getOperandList()) {
            List<SqlNode> cells = row instanceof SqlCall call ? call.getOperandList() : List.of();
            for (int i = 0; i < cells.size(); i++) {
                if (cells.get(i) instanceof SqlDynamicParam parameter) {
                    int column = i;
                    values.getOperandList().stream()
                            .filter(other -> other instanceof SqlCall call && call.operandCount() > column)
                            .flatMap(other -> known(scope, ((SqlCall) other).operand(column)).stream())
                            .findFirst()
                            .ifPresent(type -> result.put(parameter, type));
                }
            }
        }
        return result;
    }

    private Optional<RelDataType> operand(SqlValidatorScope scope, SqlCall call, int ordinal) {
        return switch (call.getKind()) {
            case PLUS, MINUS, TIMES, DIVIDE, CHECKED_PLUS, CHECKED_MINUS, CHECKED_TIMES, CHECKED_DIVIDE ->
                arithmetic(scope, call, ordinal);
            case MOD -> arithmetic(scope, call, ordinal);
            case MINUS_PREFIX, PLUS_PREFIX, CHECKED_MINUS_PREFIX -> Optional.of(type(SqlTypeName.DOUBLE));
            case IN, NOT_IN -> ordinal == 0 ? element(scope, call.operand(1)) : Optional.empty();
            case BETWEEN, EQUALS, NOT_EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
                sibling(scope, call, ordinal);
            // What is asked about any type says nothing about it.
            case IS_NULL, IS_NOT_NULL, CAST, SAFE_CAST, ROW -> Optional.empty();
            case FLOOR, CEIL ->
                Optional.of(type(call.operandCount() == 1 ? SqlTypeName.DOUBLE : SqlTypeName.TIMESTAMP));
            default -> function(scope, call, ordinal);
        };
    }

    private Optional<RelDataType> function(SqlValidatorScope scope, SqlCall call, int ordinal) {
        String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
        if (COUNTED.contains(name)) {
            boolean counts = ordinal == 1 || ordinal == 2 && name.startsWith("SUBSTR");
            if (counts) {
                return Optional.of(type(SqlTypeName.INTEGER));
            }
            return ordinal == 0 ? Optional.empty() : sibling(scope, call, ordinal);
        }
        Optional<RelDataType> declared = overArrays(call) ? Optional.empty() : declared(call, ordinal);
        return declared.isPresent() ? declared : sibling(scope, call, ordinal);
    }

    private Optional<RelDataType> arithmetic(SqlValidatorScope scope, SqlCall call, int ordinal) {
        Optional<RelDataType> sibling = sibling(scope, call, ordinal);
        if (sibling.isEmpty()) {
            return Optional.of(type(SqlTypeName.DOUBLE));
        }
        String operator = call.getOperator().getName();
        if (SqlTypeUtil.isInterval(sibling.get())) {
            return Optional.of(
                    type(operator.equals("*") || operator.equals("/") ? SqlTypeName.INTEGER : SqlTypeName.TIMESTAMP));
        }
        if (operator.equals("+") && SqlTypeUtil.isDatetime(sibling.get())) {
            return Optional.of(sibling.get().getSqlTypeName() == SqlTypeName.DATE ? type(SqlTypeName.INTEGER) : days());
        }
        return sibling;
    }

    private Optional<RelDataType> element(SqlValidatorScope scope, SqlNode set) {
        if (set instanceof SqlNodeList list) {
            return list.stream().flatMap(item -> known(scope, item).stream()).findFirst();
        }
        return known(scope, set)
                .filter(type -> type.isStruct() && type.getFieldCount() == 1)
                .map(type -> type.getFieldList().get(0).getType());
    }

    /** The type of the first operand that is no parameter, or of its elements for a function over arrays. */
    private Optional<RelDataType> sibling(SqlValidatorScope scope, SqlCall call, int ordinal) {
        for (int i = 0; i < call.operandCount(); i++) {
            if (i != ordinal && call.operand(i) != null) {
                Optional<RelDataType> type = known(scope, call.operand(i));
                if (type.isPresent()) {
                    RelDataType element = type.get().getComponentType();
                    return overArrays(call) && element != null ? Optional.of(element) : type;
                }
            }
        }
        return Optional.empty();
    }

    private static boolean overArrays(SqlCall call) {
        String name = call.getOperator().getName();
        return name.regionMatches(true, 0, "ARRAY_", 0, 6) || name.regionMatches(true, 0, "LIST_", 0, 5);
    }

    private Optional<RelDataType> known(SqlValidatorScope scope, SqlNode node) {
        boolean hasType = node instanceof SqlCall
                || node instanceof SqlIdentifier
                || node instanceof SqlLiteral literal && literal.getTypeName() != SqlTypeName.SYMBOL;
        if (!hasType || node instanceof SqlWindow || hasParameter(node)) {
            return Optional.ofNullable(validator.getValidatedNodeTypeIfKnown(node));
        }
        RelDataType type = validator.deriveType(scope, node);
        return type.equals(validator.getUnknownType()) || type.getSqlTypeName() == SqlTypeName.NULL
                ? Optional.empty()
                : Optional.of(type);
    }

    /** A call on a parameter must not get its type before the parameter has its own. */
    private static boolean hasParameter(SqlNode node) {
        if (node instanceof SqlCall call) {
            return call.getOperandList().stream().anyMatch(operand -> operand != null && hasParameter(operand));
        }
        return node instanceof SqlDynamicParam
                || node instanceof SqlNodeList list
                        && list.stream().anyMatch(item -> item != null && hasParameter(item));
    }

    /** What the signature of the function says. */
    private Optional<RelDataType> declared(SqlCall call, int ordinal) {
        List<SqlOperator> overloads = new ArrayList<>();
        if (call.getOperator().getSyntax() == SqlSyntax.FUNCTION
                && call.getOperator().getNameAsId() != null) {
            operators.lookupOperatorOverloads(
                    call.getOperator().getNameAsId(),
                    null,
                    SqlSyntax.FUNCTION,
                    overloads,
                    SqlNameMatchers.withCaseSensitive(false));
        }
        overloads.add(call.getOperator());
        return overloads.stream()
                .flatMap(operator -> declared(operator.getOperandTypeChecker(), call.operandCount(), ordinal).stream())
                .findFirst();
    }

    private Optional<RelDataType> declared(@Nullable SqlOperandTypeChecker checker, int count, int ordinal) {
        if (checker instanceof CompositeOperandTypeChecker several) {
            return several.getRules().stream()
                    .flatMap(rule -> declared(rule, count, ordinal).stream())
                    .findFirst();
        }
        if (checker == null || !checker.getOperandCountRange().isValidCount(count)) {
            return Optional.empty();
        }
        if (checker instanceof SqlOperandMetadata metadata) {
            List<RelDataType> types = metadata.paramTypes(factory);
            return ordinal < types.size() ? Optional.of(types.get(ordinal)) : Optional.empty();
        }
        return checker instanceof ImplicitCastOperandTypeChecker families
                ? ofFamily(families.getOperandSqlTypeFamily(ordinal))
                : Optional.empty();
    }

    private Optional<RelDataType> ofFamily(SqlTypeFamily family) {
        SqlTypeName name = switch (family) {
            case CHARACTER, STRING -> SqlTypeName.VARCHAR;
            case NUMERIC, APPROXIMATE_NUMERIC -> SqlTypeName.DOUBLE;
            case INTEGER, EXACT_NUMERIC -> SqlTypeName.INTEGER;
            case BOOLEAN -> SqlTypeName.BOOLEAN;
            case BINARY -> SqlTypeName.VARBINARY;
            case DATE -> SqlTypeName.DATE;
            case TIME -> SqlTypeName.TIME;
            case TIMESTAMP, DATETIME -> SqlTypeName.TIMESTAMP;
            default -> SqlTypeName.ANY;
        };
        return name == SqlTypeName.ANY ? Optional.empty() : Optional.of(type(name));
    }

    private static boolean isQuantified(SqlCall call) {
        return call.getKind() == SqlKind.SOME || call.getKind() == SqlKind.ALL;
    }

    private RelDataType days() {
        return factory.createSqlIntervalType(
                new SqlIntervalQualifier(TimeUnit.DAY, TimeUnit.SECOND, SqlParserPos.ZERO));
    }

    private RelDataType text() {
        return type(SqlTypeName.VARCHAR);
    }

    private RelDataType type(SqlTypeName name) {
        return factory.createSqlType(name);
    }
}
