// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlPostfixOperator;

/** Expressions as people write them, with the names of columns; for reading only, since casts are left out. */
final class RexText {
    /** What follows the value where it does not say its type itself; a string ends in a quote. */
    private static final Pattern TYPE_OF_LITERAL = Pattern.compile(":[A-Z][^']*$");

    private final List<String> columns;

    private RexText(List<String> columns) {
        this.columns = columns;
    }

    /** The text of an expression over these columns. */
    static String of(RexBuilder rexBuilder, RexNode node, List<String> columns) {
        return new RexText(columns).text(RexUtil.expandSearch(rexBuilder, null, node));
    }

    private String text(RexNode node) {
        if (node instanceof RexInputRef reference) {
            return reference.getIndex() < columns.size() ? columns.get(reference.getIndex()) : reference.toString();
        }
        if (node instanceof RexLiteral literal) {
            return TYPE_OF_LITERAL.matcher(literal.toString()).replaceFirst("");
        }
        if (node instanceof RexFieldAccess access) {
            return text(access.getReferenceExpr()) + "." + access.getField().getName();
        }
        return node instanceof RexCall call ? call(call) : node.toString();
    }

    private String call(RexCall call) {
        if (call.getKind() == SqlKind.CAST) {
            return text(call.getOperands().get(0));
        }
        String name = call.getOperator().getName();
        if (call.getOperator() instanceof SqlBinaryOperator
                && call.getOperands().size() > 1) {
            return call.getOperands().stream()
                    .map(operand -> isBinary(operand) ? "(" + text(operand) + ")" : text(operand))
                    .collect(Collectors.joining(" " + name + " "));
        }
        if (call.getOperator() instanceof SqlPostfixOperator) {
            return text(call.getOperands().get(0)) + " " + name;
        }
        return call.getOperands().stream().map(this::text).collect(Collectors.joining(", ", name + "(", ")"));
    }

    /** Comparisons among conjuncts need no parentheses. */
    private static boolean isBinary(RexNode node) {
        return node instanceof RexCall call
                && call.getOperator() instanceof SqlBinaryOperator
                && !SqlKind.COMPARISON.contains(call.getKind());
    }
}
