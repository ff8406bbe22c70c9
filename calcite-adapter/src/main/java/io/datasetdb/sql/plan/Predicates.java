// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import com.google.common.collect.BoundType;
import com.google.common.collect.Range;
import io.datasetdb.sql.schema.TypeMapping;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.Predicate;
import io.datasetdb.vector.DataType;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.Sarg;
import org.jspecify.annotations.Nullable;

/**
 * What a scan may prune by, from a filter's condition. Conservative: whatever has no counterpart is left out of a
 * conjunction, and makes a disjunction useless.
 */
final class Predicates {
    private final RexBuilder rexBuilder;
    private final List<ColumnPath> columns;
    private final boolean patterns;
    private boolean exact = true;

    /**
     * What a scan may prune by.
     *
     * @param exact whether it is all that the condition says
     */
    record Pruning(@Nullable Predicate predicate, boolean exact) {}

    private Predicates(RexBuilder rexBuilder, List<ColumnPath> columns, boolean patterns) {
        this.rexBuilder = rexBuilder;
        this.columns = columns;
        this.patterns = patterns;
    }

    /** @param patterns whether patterns of LIKE help, beyond what they begin with */
    static Pruning of(RexBuilder rexBuilder, RexNode condition, List<ColumnPath> columns, boolean patterns) {
        Predicates predicates = new Predicates(rexBuilder, columns, patterns);
        Predicate predicate = predicates.and(RelOptUtil.conjunctions(condition));
        return new Pruning(predicate, predicates.exact);
    }

    private @Nullable Predicate and(List<RexNode> operands) {
        List<Predicate> parts = new ArrayList<>();
        for (RexNode operand : operands) {
            Predicate part = convert(operand);
            if (part == null) {
                exact = false;
            } else {
                parts.add(part);
            }
        }
        return parts.isEmpty() ? null : parts.size() == 1 ? parts.get(0) : new Predicate.And(parts);
    }

    private @Nullable Predicate or(List<RexNode> operands) {
        List<Predicate> parts = new ArrayList<>();
        for (RexNode operand : operands) {
            Predicate part = convert(operand);
            if (part == null) {
                return null;
            }
            parts.add(part);
        }
        return new Predicate.Or(parts);
    }

    private @Nullable Predicate convert(RexNode node) {
        if (!(node instanceof RexCall call)) {
            return null;
        }
        return switch (call.getKind()) {
            case AND -> and(call.getOperands());
            case OR -> or(call.getOperands());
            case EQUALS, NOT_EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
                comparison(call);
            case IS_NULL -> column(call, 0) == null ? null : new Predicate.IsNull(path(call, 0));
            case IS_NOT_NULL -> column(call, 0) == null ? null : new Predicate.IsNotNull(path(call, 0));
            case SEARCH -> search(call);
            case LIKE -> like(call);
            default -> call.getOperator().getName().equals("ILIKE") ? like(call) : null;
        };
    }

    private @Nullable Predicate comparison(RexCall call) {
        SqlKind kind = call.getKind();
        RexNode left = call.getOperands().get(0);
        RexNode right = call.getOperands().get(1);
        if (left instanceof RexLiteral) {
            RexNode swapped = left;
            left = right;
            right = swapped;
            kind = kind.reverse();
        }
        if (kind == SqlKind.EQUALS && left instanceof RexCall lower && right instanceof RexLiteral literal) {
            return literal.getTypeName() == SqlTypeName.CHAR
                    ? ignoringCase(lower, escaped(String.valueOf(literal.getValueAs(String.class))))
                    : null;
        }
        if (!(left instanceof RexInputRef reference) || !(right instanceof RexLiteral literal) || literal.isNull()) {
            return null;
        }
        Object value = value(literal, reference.getType());
        if (value == null) {
            return null;
        }
        return new Predicate.Comparison(columns.get(reference.getIndex()), operator(kind), value);
    }

    private static Predicate.Operator operator(SqlKind kind) {
        return switch (kind) {
            case EQUALS -> Predicate.Operator.EQUAL;
            case NOT_EQUALS -> Predicate.Operator.NOT_EQUAL;
            case LESS_THAN -> Predicate.Operator.LESS;
            case LESS_THAN_OR_EQUAL -> Predicate.Operator.LESS_OR_EQUAL;
            case GREATER_THAN -> Predicate.Operator.GREATER;
            case GREATER_THAN_OR_EQUAL -> Predicate.Operator.GREATER_OR_EQUAL;
            default -> throw new IllegalArgumentException(kind.name());
        };
    }

    private @Nullable Predicate search(RexCall call) {
        RexInputRef reference = column(call, 0);
        Sarg<?> sarg = ((RexLiteral) call.getOperands().get(1)).getValueAs(Sarg.class);
        if (reference == null || sarg == null || sarg.nullAs == org.apache.calcite.rex.RexUnknownAs.TRUE) {
            return null;
        }
        List<Predicate> ranges = new ArrayList<>();
        for (Range<?> range : sarg.rangeSet.asRanges()) {
            Predicate part = range(reference, range, call.getOperands().get(1).getType());
            if (part == null) {
                return null;
            }
            ranges.add(part);
        }
        if (ranges.isEmpty()) {
            return null;
        }
        return points(reference, ranges);
    }

    /** A disjunction of ranges, or an IN if all of them are points. */
    private Predicate points(RexInputRef reference, List<Predicate> ranges) {
        List<Object> values = new ArrayList<>();
        for (Predicate range : ranges) {
            if (range instanceof Predicate.Comparison comparison && comparison.operator() == Predicate.Operator.EQUAL) {
                values.add(comparison.value());
            }
        }
        if (values.size() == ranges.size() && values.size() > 1) {
            return new Predicate.In(columns.get(reference.getIndex()), values);
        }
        return ranges.size() == 1 ? ranges.get(0) : new Predicate.Or(ranges);
    }

    private @Nullable Predicate range(RexInputRef reference, Range<?> range, RelDataType type) {
        ColumnPath path = columns.get(reference.getIndex());
        List<Predicate> bounds = new ArrayList<>();
        Object lower = range.hasLowerBound() ? value(range.lowerEndpoint(), type, reference) : null;
        Object upper = range.hasUpperBound() ? value(range.upperEndpoint(), type, reference) : null;
        if ((range.hasLowerBound() && lower == null) || (range.hasUpperBound() && upper == null)) {
            return null;
        }
        if (lower != null && lower.equals(upper)) {
            return new Predicate.Comparison(path, Predicate.Operator.EQUAL, lower);
        }
        if (lower != null) {
            boolean closed = range.lowerBoundType() == BoundType.CLOSED;
            bounds.add(new Predicate.Comparison(
                    path, closed ? Predicate.Operator.GREATER_OR_EQUAL : Predicate.Operator.GREATER, lower));
        }
        if (upper != null) {
            boolean closed = range.upperBoundType() == BoundType.CLOSED;
            bounds.add(new Predicate.Comparison(
                    path, closed ? Predicate.Operator.LESS_OR_EQUAL : Predicate.Operator.LESS, upper));
        }
        return bounds.isEmpty() ? null : bounds.size() == 1 ? bounds.get(0) : new Predicate.And(bounds);
    }

    private @Nullable Object value(Comparable<?> endpoint, RelDataType type, RexInputRef reference) {
        return value((RexLiteral) rexBuilder.makeLiteral(endpoint, type, true, true), reference.getType());
    }

    /** The literal as the column's Java type; {@code null} where that is not exactly the same value. */
    private static @Nullable Object value(RexLiteral literal, RelDataType columnType) {
        DataType type = TypeMapping.toDataType(columnType);
        if (type.kind() == DataType.Kind.ROW || columnType.getSqlTypeName() == SqlTypeName.CHAR) {
            return null;
        }
        return Literals.exactValue(literal, type);
    }

    /** A LIKE or ILIKE whose pattern begins with plain characters. */
    private @Nullable Predicate like(RexCall call) {
        String operator = call.getOperator().getName();
        if (call.getOperands().size() != 2
                || !(call.getOperands().get(1) instanceof RexLiteral literal)
                || !(operator.equals("LIKE") || operator.equals("ILIKE"))) {
            return null;
        }
        String pattern = literal.getValueAs(String.class);
        if (pattern == null || pattern.indexOf('\\') >= 0) {
            return null;
        }
        int end = 0;
        while (end < pattern.length() && pattern.charAt(end) != '%' && pattern.charAt(end) != '_') {
            end++;
        }
        String prefix = pattern.substring(0, end);
        RexInputRef reference = column(call, 0);
        if (reference == null) {
            return operator.equals("LIKE") && call.getOperands().get(0) instanceof RexCall lower
                    ? ignoringCase(lower, pattern)
                    : null;
        }
        ColumnPath column = columns.get(reference.getIndex());
        if (operator.equals("ILIKE")) {
            return ignoringCase(column, pattern);
        }
        Predicate startsWith = new Predicate.StartsWith(column, prefix);
        Predicate like = new Predicate.Like(column, pattern, false);
        boolean isPrefix = pattern.equals(prefix + "%");
        if (!patterns || isPrefix) {
            return prefix.isEmpty() ? null : startsWith;
        }
        return prefix.isEmpty() ? like : new Predicate.And(List.of(startsWith, like));
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    /** {@code lower(column)} that matches a pattern. */
    private @Nullable Predicate ignoringCase(RexCall lower, String pattern) {
        RexInputRef reference = lower.getOperator().getName().equals("LOWER") ? column(lower, 0) : null;
        return reference == null ? null : ignoringCase(columns.get(reference.getIndex()), pattern);
    }

    /** Beyond ASCII there is more than one way to tell what differs in case only, and characters may become several. */
    private @Nullable Predicate ignoringCase(ColumnPath column, String pattern) {
        if (!patterns) {
            return null;
        }
        StringBuilder ascii = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            boolean isEscaped = c == '\\' && i + 1 < pattern.length();
            if (isEscaped) {
                ascii.append(c).append(pattern.charAt(++i));
            } else {
                ascii.append(c >= 0x80 || c == '_' ? '%' : c);
            }
        }
        String known = ascii.toString();
        return known.startsWith("%") ? null : new Predicate.Like(column, known, true);
    }

    private static @Nullable RexInputRef column(RexCall call, int operand) {
        return call.getOperands().get(operand) instanceof RexInputRef reference ? reference : null;
    }

    private ColumnPath path(RexCall call, int operand) {
        return columns.get(((RexInputRef) call.getOperands().get(operand)).getIndex());
    }
}
