// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.schema.TypeMapping;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.apache.calcite.DataContext;
import org.apache.calcite.DataContexts;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexExecutable;
import org.apache.calcite.rex.RexExecutorImpl;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * A function without an own kernel, as the Java code that Calcite generates for it: one call over values of its arguments,
 * so that every function that Calcite implements works. The arguments themselves are computed by kernels.
 *
 * <p>Values cross in the forms of Calcite's run time ({@link RowValues}).
 */
final class CompiledCall {
    private final Function1<DataContext, Object[]> code;
    private final List<RowValues.Converter> toRow;
    private final RowValues.Converter fromRow;

    private CompiledCall(
            Function1<DataContext, Object[]> code, List<RowValues.Converter> toRow, RowValues.Converter fromRow) {
        this.code = code;
        this.toRow = toRow;
        this.fromRow = fromRow;
    }

    /** Operands of a call that become arguments at run time; the others (literals, symbols) are part of the code. */
    static List<RexNode> arguments(RexCall call) {
        boolean opaque = isOpaque(call);
        return call.getOperands().stream()
                .filter(operand -> !isInlined(operand, opaque))
                .toList();
    }

    private static boolean isInlined(RexNode operand, boolean opaque) {
        boolean constant = operand instanceof RexLiteral && !(opaque && RowValues.isTime(operand.getType()));
        return constant || operand.getType().getSqlTypeName() == SqlTypeName.SYMBOL;
    }

    /** Whether the call moves times about without looking into them: those inside of arrays, maps and rows. */
    private static boolean isOpaque(RexCall call) {
        return RowValues.nestsTimes(call.getType())
                || call.getOperands().stream().map(RexNode::getType).anyMatch(RowValues::nestsTimes);
    }

    /** Compiles a call; fails with {@link SqlError#UNSUPPORTED} if Calcite has no implementation. */
    static CompiledCall of(RexBuilder rexBuilder, RexCall call) {
        RelDataTypeFactory factory = rexBuilder.getTypeFactory();
        boolean opaque = isOpaque(call);
        RelDataTypeFactory.Builder rowType = factory.builder();
        List<RexNode> operands = new ArrayList<>();
        List<RowValues.Converter> toRow = new ArrayList<>();
        for (RexNode operand : call.getOperands()) {
            if (isInlined(operand, opaque)) {
                operands.add(operand);
            } else {
                RelDataType type = opaque ? RowValues.opaque(factory, operand.getType()) : operand.getType();
                operands.add(new RexInputRef(toRow.size(), type));
                rowType.add("a" + toRow.size(), type);
                toRow.add(RowValues.toRow(operand.getType(), opaque));
            }
        }
        RelDataType result = opaque ? RowValues.opaque(factory, call.getType()) : call.getType();
        try {
            RexExecutable executable =
                    RexExecutorImpl.getExecutable(rexBuilder, List.of(call.clone(result, operands)), rowType.build());
            return new CompiledCall(
                    executable.getFunction(),
                    toRow,
                    RowValues.fromRow(call.getType(), TypeMapping.toDataType(call.getType()), opaque));
        } catch (RuntimeException | AssertionError e) {
            throw new DatasetDbException(
                    SqlError.UNSUPPORTED,
                    "Cannot call " + call.getOperator().getName() + ": there is no implementation for these arguments ("
                            + call.getOperands().stream().map(RexNode::getType).toList() + ")",
                    e);
        }
    }

    /** Calls it with values of the Java types that {@link io.datasetdb.vector.DataType} lists. */
    @Nullable
    Object call(@Nullable Object[] arguments) {
        Object[] row = new Object[arguments.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = toRow.get(i).convert(arguments[i]);
        }
        return fromRow.convert(code.apply(DataContexts.of(name -> variable(name, row)))[0]);
    }

    /** What generated code may ask of its surroundings; the zone is always UTC. */
    private static @Nullable Object variable(String name, Object[] row) {
        return switch (name) {
            case "inputRecord" -> row;
            case "timeZone" -> TimeZone.getTimeZone(ZoneOffset.UTC);
            case "locale" -> Locale.ROOT;
            case "utcTimestamp", "currentTimestamp", "localTimestamp", "sysTimestamp" -> System.currentTimeMillis();
            default -> null;
        };
    }
}
