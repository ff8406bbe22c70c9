// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.text;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.kernel.Bindings;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.sql.kernel.Literal;
import io.datasetdb.sql.kernel.Matching;
import io.datasetdb.sql.kernel.Not;
import io.datasetdb.sql.kernel.Selections;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BytesVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code value [NOT] LIKE pattern [ESCAPE escape]}; without ESCAPE no character escapes. A pattern that is a literal is compiled
 * once, and matched once an entry of a dictionary.
 */
public final class Like implements Expression {
    private final Expression value;
    private final LikePattern pattern;
    private final boolean negated;

    private Like(Expression value, LikePattern pattern, boolean negated) {
        this.value = value;
        this.pattern = pattern;
        this.negated = negated;
    }

    /**
     * @param escape one character, or {@code null} for none
     * @param caseInsensitive as ILIKE
     */
    public static Expression of(
            Expression value,
            Expression pattern,
            @Nullable Expression escape,
            boolean caseInsensitive,
            boolean negated) {
        boolean constant = pattern instanceof Literal && (escape == null || escape instanceof Literal);
        if (!constant) {
            Expression like = varying(value, pattern, escape, caseInsensitive);
            return negated ? Not.of(like) : like;
        }
        Object text = ((Literal) pattern).value();
        Object escapeText = escape == null ? "" : ((Literal) escape).value();
        if (text == null || escapeText == null) {
            return Literal.ofNull(DataType.BOOLEAN);
        }
        int escapeChar = escape == null ? -1 : escape((String) escapeText);
        return new Like(value, LikePattern.compile((String) text, escapeChar, caseInsensitive), negated);
    }

    private static int escape(String text) {
        if (text.codePointCount(0, text.length()) != 1) {
            throw new DatasetDbException(
                    KernelError.INVALID_ESCAPE,
                    "Cannot match LIKE pattern: its escape is not one character (" + text + ")");
        }
        return text.codePointAt(0);
    }

    private static Expression varying(
            Expression value, Expression pattern, @Nullable Expression escape, boolean caseInsensitive) {
        List<Expression> operands = escape == null ? List.of(value, pattern) : List.of(value, pattern, escape);
        return TextCall.test("like", operands, arguments -> {
            TextArgument x = TextArgument.of(arguments.get(0));
            TextArgument y = TextArgument.of(arguments.get(1));
            TextArgument e = escape == null ? null : TextArgument.of(arguments.get(2));
            LikePattern only = y.mask() == 0 && (e == null || e.mask() == 0) ? compile(y, e, 0, caseInsensitive) : null;
            return p -> {
                LikePattern compiled = only == null ? compile(y, e, p, caseInsensitive) : only;
                return compiled.matches(x.data(), x.from(p), x.to(p)) ? 1 : 0;
            };
        });
    }

    private static LikePattern compile(
            TextArgument pattern, @Nullable TextArgument escape, int p, boolean caseInsensitive) {
        int escapeChar = escape == null ? -1 : escape(escape.string(p));
        return LikePattern.compile(pattern.string(p), escapeChar, caseInsensitive);
    }

    private Selection match(Vector flat, Selection selection) {
        BytesVector bytes = (BytesVector) flat;
        byte[] data = bytes.data();
        int[] offsets = bytes.offsets();
        int size = selection.size();
        int[] positions = new int[size];
        int count = 0;
        for (int k = 0; k < size; k++) {
            int p = selection.position(k);
            positions[count] = p;
            count += pattern.matches(data, offsets[p], offsets[p + 1]) ? 1 : 0;
        }
        Selection hits = Selections.hits(selection, positions, count);
        return negated ? Selections.minus(selection, hits) : hits;
    }

    @Override
    public DataType type() {
        return DataType.BOOLEAN;
    }

    @Override
    public Selection filter(Batch batch, Selection selection, Bindings bindings) {
        return Matching.filter(value.evaluate(batch, selection, bindings), selection, this::match);
    }

    @Override
    public Vector evaluate(Batch batch, Selection selection, Bindings bindings) {
        return Matching.evaluate(value.evaluate(batch, selection, bindings), selection, this::match);
    }
}
