// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;

/**
 * A comparison by {@link ValueOrder}; NULL when either side is. Both sides have the same type, except that integers of any
 * width, and DECIMALs of any precision and scale, compare with each other.
 */
public final class Comparison implements Expression {
    /** The six comparison operators. */
    public enum Operator {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL;

        /** {@code a op b} is the same as {@code b op.flipped() a}. */
        public Operator flipped() {
            return switch (this) {
                case EQUAL, NOT_EQUAL -> this;
                case LESS -> GREATER;
                case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
                case GREATER -> LESS;
                case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
            };
        }

        /** {@code NOT (a op b)} is the same as {@code a op.negated() b}, NULLs included. */
        public Operator negated() {
            return switch (this) {
                case EQUAL -> NOT_EQUAL;
                case NOT_EQUAL -> EQUAL;
                case LESS -> GREATER_OR_EQUAL;
                case LESS_OR_EQUAL -> GREATER;
                case GREATER -> LESS_OR_EQUAL;
                case GREATER_OR_EQUAL -> LESS;
            };
        }

        /** Whether the operator holds for values that compare as {@code order} says. */
        public boolean accepts(int order) {
            return switch (this) {
                case EQUAL -> order == 0;
                case NOT_EQUAL -> order != 0;
                case LESS -> order < 0;
                case LESS_OR_EQUAL -> order <= 0;
                case GREATER -> order > 0;
                case GREATER_OR_EQUAL -> order >= 0;
            };
        }
    }

    private final Operator operator;
    private final Expression left;
    private final Expression right;

    private Comparison(Operator operator, Expression left, Expression right) {
        this.operator = operator;
        this.left = left;
        this.right = right;
    }

    public static Comparison of(Operator operator, Expression left, Expression right) {
        DataType.Kind kind = left.type().kind();
        DataType.Kind other = right.type().kind();
        boolean comparable = kind == other
                || kind == DataType.Kind.NULL
                || other == DataType.Kind.NULL
                || (isInteger(kind) && isInteger(other));
        if (!comparable) {
            throw new IllegalStateException("cannot compare " + left.type() + " with " + right.type());
        }
        return new Comparison(operator, left, right);
    }

    static boolean isInteger(DataType.Kind kind) {
        return kind == DataType.Kind.TINYINT
                || kind == DataType.Kind.SMALLINT
                || kind == DataType.Kind.INTEGER
                || kind == DataType.Kind.BIGINT;
    }

    public Operator operator() {
        return operator;
    }

    public Expression left() {
        return left;
    }

    public Expression right() {
        return right;
    }

    /** The comparison that is TRUE where this one is FALSE. */
    public Comparison negated() {
        return new Comparison(operator.negated(), left, right);
    }

    @Override
    public DataType type() {
        return DataType.BOOLEAN;
    }

    @Override
    public Selection filter(Batch batch, Selection selection, Bindings bindings) {
        return compare(
                left.evaluate(batch, selection, bindings), right.evaluate(batch, selection, bindings), selection);
    }

    @Override
    public Vector evaluate(Batch batch, Selection selection, Bindings bindings) {
        Vector l = left.evaluate(batch, selection, bindings);
        Vector r = right.evaluate(batch, selection, bindings);
        int rowCount = batch.rowCount();
        if (isNull(l) || isNull(r)) {
            return ConstantVector.ofNull(DataType.BOOLEAN, rowCount);
        }
        Selection hits = compare(l, r, selection);
        if (l instanceof ConstantVector && r instanceof ConstantVector) {
            return Matching.constant(!hits.isEmpty(), rowCount);
        }
        return Matching.toBoolean(hits, rowCount, Validity.and(l.validity(), r.validity()));
    }

    private static boolean isNull(Vector vector) {
        return vector instanceof ConstantVector constant && constant.isNullConstant();
    }

    private Selection compare(Vector l, Vector r, Selection selection) {
        if (isNull(l) || isNull(r)) {
            return Selections.none();
        }
        if (r instanceof ConstantVector constant) {
            Vector single = constant.single();
            return Matching.filter(l, selection, (flat, s) -> ConstantComparison.match(operator, flat, single, s));
        }
        if (l instanceof ConstantVector constant) {
            Vector single = constant.single();
            return Matching.filter(
                    r, selection, (flat, s) -> ConstantComparison.match(operator.flipped(), flat, single, s));
        }
        Selection valid = Selections.valid(selection, Validity.and(l.validity(), r.validity()));
        return ColumnComparison.match(operator, l.flatten(), r.flatten(), valid);
    }
}
