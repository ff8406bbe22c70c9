// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.sql.kernel.Literal;
import io.datasetdb.sql.kernel.ValueHash;
import io.datasetdb.sql.kernel.arithmetic.DoubleFunctions;
import io.datasetdb.sql.kernel.arithmetic.MathFunctions;
import io.datasetdb.sql.kernel.nested.Lists;
import io.datasetdb.sql.kernel.text.Formats;
import io.datasetdb.sql.kernel.text.Like;
import io.datasetdb.sql.kernel.text.SubstringFunctions;
import io.datasetdb.sql.kernel.text.TextFunctions;
import io.datasetdb.sql.schema.TypeMapping;
import io.datasetdb.vector.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.jspecify.annotations.Nullable;

/** Functions that have a kernel, by the name of Calcite's operator. */
final class FunctionKernels {
    /** Makes the kernel of a call; {@code null} if these operands are not for it. */
    interface Kernel {
        @Nullable
        Expression of(Operands operands);
    }

    /** A call with its operands compiled. */
    static final class Operands {
        private final RexCall call;
        private final ExpressionCompiler compiler;

        Operands(RexCall call, ExpressionCompiler compiler) {
            this.call = call;
            this.compiler = compiler;
        }

        RexCall call() {
            return call;
        }

        int size() {
            return call.getOperands().size();
        }

        RexNode node(int i) {
            return call.getOperands().get(i);
        }

        Expression get(int i) {
            return compiler.compile(node(i));
        }

        @Nullable
        Expression optional(int i) {
            return i < size() ? get(i) : null;
        }

        DataType kindOf(int i) {
            return TypeMapping.toDataType(node(i).getType());
        }

        /** The operand as DOUBLE. */
        Expression asDouble(int i) {
            return ExpressionCompiler.coerce(get(i), DataType.DOUBLE);
        }

        /** The operand as BIGINT. */
        Expression asLong(int i) {
            return ExpressionCompiler.coerce(get(i), DataType.BIGINT);
        }

        @Nullable
        Expression optionalLong(int i) {
            return i < size() ? asLong(i) : null;
        }

        List<Expression> all() {
            List<Expression> result = new ArrayList<>();
            for (int i = 0; i < size(); i++) {
                result.add(get(i));
            }
            return result;
        }

        DataType type() {
            return TypeMapping.toDataType(call.getType());
        }

        boolean isText(int i) {
            return kindOf(i).kind() == DataType.Kind.VARCHAR;
        }

        boolean isNumber(int i) {
            return switch (kindOf(i).kind()) {
                case TINYINT, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, DECIMAL -> true;
                case BOOLEAN,
                        VARCHAR,
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
                        NULL -> false;
            };
        }
    }

    private static final Map<String, Kernel> BY_NAME = byName();

    private FunctionKernels() {}

    /** The kernel of a call, or empty if Calcite's own implementation must do. */
    static Optional<Expression> of(RexCall call, ExpressionCompiler compiler) {
        Operands operands = new Operands(call, compiler);
        Optional<Expression> operator = OperatorKernels.of(operands);
        if (operator.isPresent()) {
            return operator;
        }
        Kernel kernel = BY_NAME.get(call.getOperator().getName().toUpperCase(Locale.ROOT));
        return kernel == null ? Optional.empty() : Optional.ofNullable(kernel.of(operands));
    }

    private static Map<String, Kernel> byName() {
        Map<String, Kernel> result = new HashMap<>();
        text(result);
        substrings(result);
        mathematics(result);
        collections(result);
        result.put("EXTRACT", TimeKernels::extract);
        result.put("TIMESTAMPDIFF", TimeKernels::difference);
        result.put("DATE_DIFF", TimeKernels::boundaries);
        return Map.copyOf(result);
    }

    private static void text(Map<String, Kernel> kernels) {
        kernels.put("UPPER", text(o -> TextFunctions.upper(o.get(0))));
        kernels.put("LOWER", text(o -> TextFunctions.lower(o.get(0))));
        kernels.put("INITCAP", text(o -> TextFunctions.initcap(o.get(0))));
        kernels.put("REVERSE", text(o -> TextFunctions.reverse(o.get(0))));
        kernels.put("CHAR_LENGTH", text(o -> TextFunctions.charLength(o.get(0))));
        kernels.put("CHARACTER_LENGTH", text(o -> TextFunctions.charLength(o.get(0))));
        kernels.put(
                "LENGTH", o -> o.isText(0) ? TextFunctions.charLength(o.get(0)) : TextFunctions.octetLength(o.get(0)));
        kernels.put("OCTET_LENGTH", o -> TextFunctions.octetLength(o.get(0)));
        kernels.put("ASCII", text(o -> TextFunctions.ascii(o.get(0))));
        kernels.put("TYPEOF", o -> Literal.of(o.kindOf(0).sql(), DataType.VARCHAR));
        kernels.put("CHR", o -> TextFunctions.chr(o.asLong(0)));
        kernels.put("||", FunctionKernels::concat);
        kernels.put("CONCAT", o -> allText(o) ? TextFunctions.concatIgnoringNulls(o.all()) : null);
        kernels.put("REPLACE", text(o -> TextFunctions.replace(o.get(0), o.get(1), o.get(2))));
        kernels.put("REPEAT", text(o -> TextFunctions.repeat(o.get(0), o.asLong(1))));
        kernels.put("LPAD", text(o -> TextFunctions.lpad(o.get(0), o.asLong(1), fill(o))));
        kernels.put("RPAD", text(o -> TextFunctions.rpad(o.get(0), o.asLong(1), fill(o))));
        kernels.put("LIKE", text(o -> Like.of(o.get(0), o.get(1), o.optional(2), false, false)));
        kernels.put("ILIKE", text(o -> Like.of(o.get(0), o.get(1), o.optional(2), true, false)));
    }

    private static void substrings(Map<String, Kernel> kernels) {
        kernels.put("SUBSTRING", text(o -> SubstringFunctions.substring(o.get(0), o.asLong(1), o.optionalLong(2))));
        kernels.put("LEFT", text(o -> SubstringFunctions.left(o.get(0), o.asLong(1))));
        kernels.put("RIGHT", text(o -> SubstringFunctions.right(o.get(0), o.asLong(1))));
        kernels.put("TRIM", FunctionKernels::trim);
        kernels.put("POSITION", text(o -> SubstringFunctions.position(o.get(0), o.get(1), o.optionalLong(2))));
        kernels.put(
                "OVERLAY", text(o -> SubstringFunctions.overlay(o.get(0), o.get(1), o.asLong(2), o.optionalLong(3))));
        kernels.put("STARTS_WITH", text(o -> SubstringFunctions.startsWith(o.get(0), o.get(1))));
        kernels.put("STARTSWITH", text(o -> SubstringFunctions.startsWith(o.get(0), o.get(1))));
        kernels.put("ENDS_WITH", text(o -> SubstringFunctions.endsWith(o.get(0), o.get(1))));
        kernels.put("ENDSWITH", text(o -> SubstringFunctions.endsWith(o.get(0), o.get(1))));
    }

    private static void mathematics(Map<String, Kernel> kernels) {
        for (DoubleFunctions.Function function : DoubleFunctions.Function.values()) {
            kernels.put(function.name(), o -> o.size() == 1 ? DoubleFunctions.of(function, o.asDouble(0)) : null);
        }
        kernels.put("POWER", o -> DoubleFunctions.power(o.asDouble(0), o.asDouble(1)));
        kernels.put("POW", o -> DoubleFunctions.power(o.asDouble(0), o.asDouble(1)));
        kernels.put("ATAN2", o -> DoubleFunctions.atan2(o.asDouble(0), o.asDouble(1)));
        kernels.put("PI", o -> MathFunctions.pi());
        kernels.put("ABS", o -> o.isNumber(0) ? MathFunctions.abs(o.get(0)) : null);
        kernels.put("SIGN", o -> o.isNumber(0) ? MathFunctions.sign(o.get(0), o.type()) : null);
        kernels.put("FLOOR", o -> o.isNumber(0) ? MathFunctions.floor(o.get(0), o.type()) : TimeKernels.floor(o));
        kernels.put("CEIL", o -> o.isNumber(0) ? MathFunctions.ceil(o.get(0), o.type()) : TimeKernels.ceil(o));
        kernels.put("ROUND", o -> o.isNumber(0) ? MathFunctions.round(o.get(0), o.optionalLong(1), o.type()) : null);
        kernels.put(
                "TRUNCATE", o -> o.isNumber(0) ? MathFunctions.truncate(o.get(0), o.optionalLong(1), o.type()) : null);
        kernels.put("TRUNC", o -> o.isNumber(0) ? MathFunctions.truncate(o.get(0), o.optionalLong(1), o.type()) : null);
    }

    private static void collections(Map<String, Kernel> kernels) {
        kernels.put("GENERATE_SERIES", o -> Lists.series(series(o), o.type(), true));
        kernels.put("RANGE", o -> Lists.series(series(o), o.type(), false));
        kernels.put("LIST_SLICE", o -> Lists.slice(o.get(0), o.asLong(1), o.asLong(2)));
        kernels.put("PADDED_ARRAY", o -> o.get(0));
        kernels.put("LIST_SUM", o -> Lists.sum(o.get(0), o.type()));
        kernels.put("LIST_AVG", o -> Lists.average(o.get(0)));
        kernels.put("PRINTF", text(o -> Formats.printf(o.all())));
        kernels.put("FORMAT", text(o -> Formats.braces(o.all())));
        kernels.put("HASH", o -> ValueHash.call(o.all()));
    }

    /** Start, stop and step; from 0 and by 1 if they are not given. */
    private static List<Expression> series(Operands operands) {
        if (!operands.isNumber(0) && operands.size() == 3) {
            return List.of(
                    ExpressionCompiler.coerce(operands.get(0), DataType.TIMESTAMP),
                    ExpressionCompiler.coerce(operands.get(1), DataType.TIMESTAMP),
                    operands.get(2));
        }
        Expression step = operands.optionalLong(2);
        return List.of(
                operands.size() > 1 ? operands.asLong(0) : Literal.of(0L, DataType.BIGINT),
                operands.asLong(operands.size() > 1 ? 1 : 0),
                step == null ? Literal.of(1L, DataType.BIGINT) : step);
    }

    /** Only for a first operand that is text. */
    private static Kernel text(Kernel kernel) {
        return operands -> operands.isText(0) ? kernel.of(operands) : null;
    }

    private static boolean allText(Operands operands) {
        for (int i = 0; i < operands.size(); i++) {
            if (!operands.isText(i)) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Expression concat(Operands operands) {
        return allText(operands) ? TextFunctions.concat(operands.all()) : null;
    }

    private static Expression fill(Operands operands) {
        Expression fill = operands.optional(2);
        return fill == null ? Literal.of(" ", DataType.VARCHAR) : fill;
    }

    private static @Nullable Expression trim(Operands operands) {
        if (operands.size() != 3 || !operands.isText(2)) {
            return null;
        }
        SqlTrimFunction.Flag flag = java.util.Objects.requireNonNull(
                ((RexLiteral) operands.node(0)).getValueAs(SqlTrimFunction.Flag.class));
        SubstringFunctions.Side side = switch (flag) {
            case BOTH -> SubstringFunctions.Side.BOTH;
            case LEADING -> SubstringFunctions.Side.LEADING;
            case TRAILING -> SubstringFunctions.Side.TRAILING;
        };
        return SubstringFunctions.trim(side, operands.get(1), operands.get(2));
    }
}
