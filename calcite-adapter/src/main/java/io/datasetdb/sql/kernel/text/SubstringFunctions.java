// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.text;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.sql.kernel.number.ExactOperand;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions that take text apart or look into it. Positions start at 1 and count code points (of VARBINARY bytes). */
public final class SubstringFunctions {
    private SubstringFunctions() {}

    /** Which ends TRIM cuts. */
    public enum Side {
        BOTH,
        LEADING,
        TRAILING
    }

    /**
     * SUBSTRING as SQL and PostgreSQL define it: what lies from position {@code start} up to {@code start + length}, where
     * positions below 1 exist but are empty. A negative length is {@link KernelError#SUBSTRING_ERROR}.
     *
     * @param length {@code null} for the rest of the text
     */
    public static Expression substring(Expression text, Expression start, @Nullable Expression length) {
        boolean bytes = text.type().kind() == DataType.Kind.VARBINARY;
        List<Expression> operands = length == null ? List.of(text, start) : List.of(text, start, length);
        return TextCall.text("substring", text.type(), operands, arguments -> {
            TextArgument x = TextArgument.of(arguments.get(0));
            ExactOperand s = ExactOperand.of(arguments.get(1));
            ExactOperand n = length == null ? null : ExactOperand.of(arguments.get(2));
            return (p, out) -> {
                long first = Math.max(s.low(p), 1);
                long end = n == null ? Long.MAX_VALUE : end(s.low(p), n.low(p));
                if (end > first) {
                    int skipped = (int) Math.min(first - 1, Integer.MAX_VALUE);
                    int taken = (int) Math.min(end - first, Integer.MAX_VALUE);
                    int from = skip(x, x.from(p), p, skipped, bytes);
                    out.append(x.data(), from, skip(x, from, p, taken, bytes));
                }
            };
        });
    }

    private static long end(long start, long length) {
        if (length < 0) {
            throw new DatasetDbException(
                    KernelError.SUBSTRING_ERROR, "Cannot compute substring: the length is negative (" + length + ")");
        }
        return start > Long.MAX_VALUE - length ? Long.MAX_VALUE : start + length;
    }

    private static int skip(TextArgument x, int from, int p, int count, boolean bytes) {
        return bytes ? (int) Math.min((long) from + count, x.to(p)) : Utf8.skip(x.data(), from, x.to(p), count);
    }

    /** The first {@code count} code points; all but the last {@code -count} if it is negative. */
    public static Expression left(Expression text, Expression count) {
        return TextCall.text("left", DataType.VARCHAR, List.of(text, count), arguments -> {
            TextArgument x = TextArgument.of(arguments.get(0));
            ExactOperand n = ExactOperand.of(arguments.get(1));
            return (p, out) -> {
                int wanted = clamp(n.low(p));
                int end = wanted >= 0
                        ? Utf8.skip(x.data(), x.from(p), x.to(p), wanted)
                        : Utf8.skipBack(x.data(), x.from(p), x.to(p), -wanted);
                out.append(x.data(), x.from(p), end);
            };
        });
    }

    /** The last {@code count} code points; all but the first {@code -count} if it is negative. */
    public static Expression right(Expression text, Expression count) {
        return TextCall.text("right", DataType.VARCHAR, List.of(text, count), arguments -> {
            TextArgument x = TextArgument.of(arguments.get(0));
            ExactOperand n = ExactOperand.of(arguments.get(1));
            return (p, out) -> {
                int wanted = clamp(n.low(p));
                int start = wanted >= 0
                        ? Utf8.skipBack(x.data(), x.from(p), x.to(p), wanted)
                        : Utf8.skip(x.data(), x.from(p), x.to(p), -wanted);
                out.append(x.data(), start, x.to(p));
            };
        });
    }

    private static int clamp(long count) {
        return (int) Math.max(-Integer.MAX_VALUE, Math.min(Integer.MAX_VALUE, count));
    }

    /** Without the characters that occur in {@code characters} at the ends. */
    public static Expression trim(Side side, Expression characters, Expression text) {
        return TextCall.text("trim", DataType.VARCHAR, List.of(characters, text), arguments -> {
            TextArgument c = TextArgument.of(arguments.get(0));
            TextArgument x = TextArgument.of(arguments.get(1));
            return (p, out) -> {
                int from = x.from(p);
                int to = x.to(p);
                while (side != Side.TRAILING && from < to) {
                    int next = Utf8.skip(x.data(), from, to, 1);
                    if (Utf8.indexOf(c.data(), c.from(p), c.to(p), x.data(), from, next) < 0) {
                        break;
                    }
                    from = next;
                }
                while (side != Side.LEADING && from < to) {
                    int last = Utf8.skipBack(x.data(), from, to, 1);
                    if (Utf8.indexOf(c.data(), c.from(p), c.to(p), x.data(), last, to) < 0) {
                        break;
                    }
                    to = last;
                }
                out.append(x.data(), from, to);
            };
        });
    }

    /**
     * Where {@code needle} first occurs, 0 if it does not; empty text occurs everywhere.
     *
     * @param start the position to look from, {@code null} for 1; nothing occurs from a position below 1
     */
    public static Expression position(Expression needle, Expression text, @Nullable Expression start) {
        List<Expression> operands = start == null ? List.of(needle, text) : List.of(needle, text, start);
        return TextCall.integer("position", operands, arguments -> {
            TextArgument n = TextArgument.of(arguments.get(0));
            TextArgument x = TextArgument.of(arguments.get(1));
            ExactOperand s = start == null ? null : ExactOperand.of(arguments.get(2));
            return p -> position(n, x, s == null ? 1 : s.low(p), p);
        });
    }

    private static int position(TextArgument needle, TextArgument x, long start, int p) {
        int from = x.from(p);
        int length = Utf8.count(x.data(), from, x.to(p));
        if (start < 1 || start > length + 1L) {
            return 0;
        }
        int at = Utf8.skip(x.data(), from, x.to(p), (int) start - 1);
        int found = Utf8.indexOf(x.data(), at, x.to(p), needle.data(), needle.from(p), needle.to(p));
        return found < 0 ? 0 : Utf8.count(x.data(), from, found) + 1;
    }

    /**
     * OVERLAY: {@code length} code points from {@code start} replaced.
     *
     * @param length {@code null} for the length of {@code by}
     */
    public static Expression overlay(Expression text, Expression by, Expression start, @Nullable Expression length) {
        List<Expression> operands = length == null ? List.of(text, by, start) : List.of(text, by, start, length);
        return TextCall.text("overlay", DataType.VARCHAR, operands, arguments -> {
            TextArgument x = TextArgument.of(arguments.get(0));
            TextArgument b = TextArgument.of(arguments.get(1));
            ExactOperand s = ExactOperand.of(arguments.get(2));
            ExactOperand n = length == null ? null : ExactOperand.of(arguments.get(3));
            return (p, out) -> {
                long count = n == null ? Utf8.count(b.data(), b.from(p), b.to(p)) : n.low(p);
                if (s.low(p) < 1) {
                    throw new DatasetDbException(
                            KernelError.SUBSTRING_ERROR,
                            "Cannot compute overlay: the start is below 1 (" + s.low(p) + ")");
                }
                int before = clamp(s.low(p) - 1);
                int after = clamp(Math.max(0, s.low(p) - 1 + count));
                out.append(x.data(), x.from(p), Utf8.skip(x.data(), x.from(p), x.to(p), before));
                b.appendTo(out, p);
                out.append(x.data(), Utf8.skip(x.data(), x.from(p), x.to(p), after), x.to(p));
            };
        });
    }

    public static Expression startsWith(Expression text, Expression prefix) {
        return test("starts_with", text, prefix, (x, y, p) -> {
            int length = y.length(p);
            return length <= x.length(p) && same(x, x.from(p), y, y.from(p), length);
        });
    }

    public static Expression endsWith(Expression text, Expression suffix) {
        return test("ends_with", text, suffix, (x, y, p) -> {
            int length = y.length(p);
            return length <= x.length(p) && same(x, x.to(p) - length, y, y.from(p), length);
        });
    }

    public static Expression contains(Expression text, Expression part) {
        return test(
                "contains",
                text,
                part,
                (x, y, p) -> Utf8.indexOf(x.data(), x.from(p), x.to(p), y.data(), y.from(p), y.to(p)) >= 0);
    }

    /** A test of two texts at one position. */
    @FunctionalInterface
    private interface Test {
        boolean of(TextArgument x, TextArgument y, int position);
    }

    private static Expression test(String name, Expression text, Expression other, Test test) {
        return TextCall.test(name, List.of(text, other), (List<Vector> arguments) -> {
            TextArgument x = TextArgument.of(arguments.get(0));
            TextArgument y = TextArgument.of(arguments.get(1));
            return p -> test.of(x, y, p) ? 1 : 0;
        });
    }

    private static boolean same(TextArgument x, int from, TextArgument y, int otherFrom, int length) {
        return java.util.Arrays.equals(x.data(), from, from + length, y.data(), otherFrom, otherFrom + length);
    }
}
