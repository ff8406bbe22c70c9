// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import com.google.common.collect.BoundType;
import com.google.common.collect.Range;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.sql.kernel.RangeSet;
import io.datasetdb.sql.schema.TypeMapping;
import io.datasetdb.vector.DataType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUnknownAs;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.Sarg;
import org.jspecify.annotations.Nullable;

/**
 * Whether a value is in some ranges, as BETWEEN, IN and comparisons of one value become. The ranges of a DECIMAL are written
 * with no more digits than they need: they are brought to the value's type, never the value to theirs.
 */
final class SearchKernel {
    private final RexBuilder rexBuilder;

    SearchKernel(RexBuilder rexBuilder) {
        this.rexBuilder = rexBuilder;
    }

    Expression of(RexCall call, ExpressionCompiler compiler) {
        RexNode value = call.getOperands().get(0);
        RexLiteral literal = (RexLiteral) call.getOperands().get(1);
        Sarg<?> sarg = Objects.requireNonNull(literal.getValueAs(Sarg.class));
        DataType type = TypeMapping.toDataType(literal.getType());
        DataType valueType = TypeMapping.toDataType(value.getType());
        if (type instanceof DataType.Decimal && valueType instanceof DataType.Decimal decimal) {
            if (!fits(sarg, decimal)) {
                return compiler.compile(RexUtil.expandSearch(rexBuilder, null, call));
            }
            type = valueType;
        }
        List<RangeSet.Range> ranges = new ArrayList<>();
        for (Range<?> range : sarg.rangeSet.asRanges()) {
            ranges.add(new RangeSet.Range(
                    range.hasLowerBound() ? endpoint(range.lowerEndpoint(), literal.getType(), type) : null,
                    range.hasLowerBound() && range.lowerBoundType() == BoundType.CLOSED,
                    range.hasUpperBound() ? endpoint(range.upperEndpoint(), literal.getType(), type) : null,
                    range.hasUpperBound() && range.upperBoundType() == BoundType.CLOSED));
        }
        return RangeSet.of(ExpressionCompiler.coerce(compiler.compile(value), type), ranges, nullAs(sarg.nullAs));
    }

    private static boolean fits(Sarg<?> sarg, DataType.Decimal type) {
        return sarg.rangeSet.asRanges().stream()
                .allMatch(range -> (!range.hasLowerBound() || fits(range.lowerEndpoint(), type))
                        && (!range.hasUpperBound() || fits(range.upperEndpoint(), type)));
    }

    private static boolean fits(Comparable<?> endpoint, DataType.Decimal type) {
        BigDecimal number = ((BigDecimal) endpoint).stripTrailingZeros();
        return number.scale() <= type.scale() && number.precision() - number.scale() <= type.precision() - type.scale();
    }

    private @Nullable Object endpoint(Comparable<?> value, RelDataType relType, DataType type) {
        return type instanceof DataType.Decimal decimal
                ? ((BigDecimal) value).setScale(decimal.scale())
                : Literals.value((RexLiteral) rexBuilder.makeLiteral(value, relType, true, true), type);
    }

    private static RangeSet.NullAs nullAs(RexUnknownAs nullAs) {
        return switch (nullAs) {
            case TRUE -> RangeSet.NullAs.TRUE;
            case FALSE -> RangeSet.NullAs.FALSE;
            case UNKNOWN -> RangeSet.NullAs.UNKNOWN;
        };
    }
}
