// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.text;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.sql.kernel.VectorCall;
import io.datasetdb.sql.kernel.number.ExactOperand;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Functions of whole VARCHARs; {@link SubstringFunctions} has those of their parts. Positions and lengths count code points;
 * counts may be integers of any width. Case follows Unicode's rules without regard to a language.
 */
public final class TextFunctions {
    private TextFunctions() {}

    public static Expression upper(Expression text) {
        return TextCall.text("upper", DataType.VARCHAR, List.of(text), arguments -> {
            TextArgument x = TextArgument.of(arguments.get(0));
            return (p, out) -> changeCase(x, p, out, true);
        });
    }

    public static Expression lower(Expression text) {
        return TextCall.text("lower", DataType.VARCHAR, List.of(text), arguments -> {
            TextArgument x = TextArgument.of(arguments.get(0));
            return (p, out) -> changeCase(x, p, out, false);
        });
    }

    private static void changeCase(TextArgument x, int p, TextSink out, boolean upper) {
        int from = x.from(p);
        int length = x.length(p);
        byte[] data = x.data();
        if (!Utf8.isAscii(data, from, from + length)) {
            String text = x.string(p);
            out.append(upper ? text.toUpperCase(Locale.ROOT) : text.toLowerCase(Locale.ROOT));
            return;
        }
        byte[] target = out.reserve(length);
        Utf8.changeAsciiCase(data, from, length, target, out.length(), upper ? 'a' : 'A');
        out.advance(length);
    }

    /** The first letter of each word (of letters and digits) in upper, the others in lower case. */
    public static Expression initcap(Expression text) {
        return TextCall.text("initcap", DataType.VARCHAR, List.of(text), arguments -> {
            TextArgument x = TextArgument.of(arguments.get(0));
            return (p, out) -> {
                StringBuilder words = new StringBuilder();
                boolean inside = false;
                for (int c : x.string(p).codePoints().toArray()) {
                    words.appendCodePoint(inside ? Character.toLowerCase(c) : Character.toUpperCase(c));
                    inside = Character.isLetterOrDigit(c);
                }
                out.append(words);
            };
        });
    }

    /** The code points in reverse order. */
    public static Expression reverse(Expression text) {
        return TextCall.text("reverse", DataType.VARCHAR, List.of(text), arguments -> {
            TextArgument x = TextArgument.of(arguments.get(0));
            return (p, out) -> {
                int end = x.to(p);
                while (end > x.from(p)) {
                    int start = Utf8.skipBack(x.data(), x.from(p), end, 1);
                    out.append(x.data(), start, end);
                    end = start;
                }
            };
        });
    }

    /** The number of code points, an INTEGER. */
    public static Expression charLength(Expression text) {
        return TextCall.integer("char_length", List.of(text), arguments -> {
            TextArgument x = TextArgument.of(arguments.get(0));
            return p -> Utf8.count(x.data(), x.from(p), x.to(p));
        });
    }

    /** The number of bytes of a VARCHAR or VARBINARY, an INTEGER. */
    public static Expression octetLength(Expression text) {
        return TextCall.integer("octet_length", List.of(text), arguments -> {
            TextArgument x = TextArgument.of(arguments.get(0));
            return x::length;
        });
    }

    /** The first code point, 0 of empty text. */
    public static Expression ascii(Expression text) {
        return TextCall.integer("ascii", List.of(text), arguments -> {
            TextArgument x = TextArgument.of(arguments.get(0));
            return p -> x.length(p) == 0 ? 0 : x.string(p).codePointAt(0);
        });
    }

    /** The character of a code point. */
    public static Expression chr(Expression codePoint) {
        return TextCall.text("chr", DataType.VARCHAR, List.of(codePoint), arguments -> {
            ExactOperand x = ExactOperand.of(arguments.get(0));
            return (p, out) -> {
                long c = x.low(p);
                if (c < 0
                        || c > Character.MAX_CODE_POINT
                        || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
                    throw new DatasetDbException(
                            KernelError.INVALID_ARGUMENT,
                            "Cannot compute chr: no character has this code point (" + c + ")");
                }
                out.append(Character.toString((int) c));
            };
        });
    }

    /** {@code a || b || …} of VARCHARs or of VARBINARYs. */
    public static Expression concat(List<Expression> operands) {
        return TextCall.text("||", operands.get(0).type(), operands, arguments -> {
            List<TextArgument> parts = arguments.stream().map(TextArgument::of).toList();
            return (p, out) -> {
                for (int i = 0; i < parts.size(); i++) {
                    parts.get(i).appendTo(out, p);
                }
            };
        });
    }

    /** CONCAT(…), in which NULL counts as empty; never NULL. */
    public static Expression concatIgnoringNulls(List<Expression> operands) {
        return VectorCall.of(
                "concat",
                operands,
                DataType.VARCHAR,
                new boolean[operands.size()],
                true,
                (arguments, selection, rowCount) -> {
                    TextSink out = new TextSink(rowCount, selection.size() * 16);
                    List<Vector> parts = new ArrayList<>(arguments);
                    for (int k = 0; k < selection.size(); k++) {
                        int p = selection.position(k);
                        out.begin(p);
                        for (Vector part : parts) {
                            if (!part.isNull(p)) {
                                TextArgument.of(part).appendTo(out, p);
                            }
                        }
                    }
                    return out.build(DataType.VARCHAR);
                });
    }

    /** All occurrences of {@code search} replaced; none if it is empty. */
    public static Expression replace(Expression text, Expression search, Expression by) {
        return TextCall.text("replace", DataType.VARCHAR, List.of(text, search, by), arguments -> {
            TextArgument x = TextArgument.of(arguments.get(0));
            TextArgument s = TextArgument.of(arguments.get(1));
            TextArgument r = TextArgument.of(arguments.get(2));
            return (p, out) -> replace(x, s, r, p, out);
        });
    }

    private static void replace(TextArgument x, TextArgument s, TextArgument r, int p, TextSink out) {
        int at = x.from(p);
        int to = x.to(p);
        int length = s.length(p);
        while (length > 0) {
            int found = Utf8.indexOf(x.data(), at, to, s.data(), s.from(p), s.to(p));
            if (found < 0) {
                break;
            }
            out.append(x.data(), at, found);
            r.appendTo(out, p);
            at = found + length;
        }
        out.append(x.data(), at, to);
    }

    /** The text {@code count} times; empty for 0 and less. */
    public static Expression repeat(Expression text, Expression count) {
        return TextCall.text("repeat", DataType.VARCHAR, List.of(text, count), arguments -> {
            TextArgument x = TextArgument.of(arguments.get(0));
            ExactOperand n = ExactOperand.of(arguments.get(1));
            return (p, out) -> {
                long times = x.length(p) == 0 ? 0 : n.low(p);
                if (times > TextCall.MOST_BYTES / Math.max(x.length(p), 1)) {
                    throw TextCall.tooLong("repeat", times);
                }
                for (long i = 0; i < times; i++) {
                    x.appendTo(out, p);
                }
            };
        });
    }

    /** Filled up on the left to {@code length} code points, or cut to them. */
    public static Expression lpad(Expression text, Expression length, Expression fill) {
        return pad("lpad", text, length, fill, true);
    }

    /** Filled up on the right to {@code length} code points, or cut to them. */
    public static Expression rpad(Expression text, Expression length, Expression fill) {
        return pad("rpad", text, length, fill, false);
    }

    private static Expression pad(String name, Expression text, Expression length, Expression fill, boolean left) {
        return TextCall.text(name, DataType.VARCHAR, List.of(text, length, fill), arguments -> {
            TextArgument x = TextArgument.of(arguments.get(0));
            ExactOperand n = ExactOperand.of(arguments.get(1));
            TextArgument f = TextArgument.of(arguments.get(2));
            return (p, out) -> {
                if (n.low(p) > TextCall.MOST_BYTES / 4) {
                    throw TextCall.tooLong(name, n.low(p));
                }
                int wanted = (int) Math.max(n.low(p), 0);
                int end = Utf8.skip(x.data(), x.from(p), x.to(p), wanted);
                int missing = wanted - Utf8.count(x.data(), x.from(p), end);
                if (!left) {
                    out.append(x.data(), x.from(p), end);
                }
                fill(f, p, missing, out);
                if (left) {
                    out.append(x.data(), x.from(p), end);
                }
            };
        });
    }

    private static void fill(TextArgument fill, int p, int codePoints, TextSink out) {
        int unit = Utf8.count(fill.data(), fill.from(p), fill.to(p));
        int left = unit == 0 ? 0 : codePoints;
        while (left > 0) {
            int end = left >= unit ? fill.to(p) : Utf8.skip(fill.data(), fill.from(p), fill.to(p), left);
            out.append(fill.data(), fill.from(p), end);
            left -= Math.min(left, unit);
        }
    }
}
