// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.vector.DoubleVector;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;

/** Two value vectors, position by position; without branches, see {@link RangeMatch}. */
final class ColumnComparison {
    private ColumnComparison() {}

    /** The selected positions (none NULL on either side) at which {@code left operator right}. */
    static Selection match(Comparison.Operator operator, Vector left, Vector right, Selection selection) {
        return switch (operator) {
            case GREATER, GREATER_OR_EQUAL -> match(operator.flipped(), right, left, selection);
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL -> {
                if (left instanceof IntVector l && right instanceof IntVector r) {
                    yield ints(operator, l.values(), r.values(), selection);
                }
                if (left instanceof LongVector l
                        && right instanceof LongVector r
                        && ValueOrder.scale(l) == ValueOrder.scale(r)) {
                    yield longs(operator, l.values(), r.values(), selection);
                }
                if (left instanceof DoubleVector l && right instanceof DoubleVector r) {
                    yield doubles(operator, l.values(), r.values(), selection);
                }
                yield values(operator, left, right, selection);
            }
        };
    }

    private static Selection ints(Comparison.Operator operator, int[] a, int[] b, Selection selection) {
        int size = selection.size();
        int[] positions = new int[size];
        int count = 0;
        if (operator == Comparison.Operator.LESS) {
            for (int k = 0; k < size; k++) {
                int p = selection.position(k);
                positions[count] = p;
                count += (int) (((long) a[p] - b[p]) >>> 63);
            }
        } else if (operator == Comparison.Operator.LESS_OR_EQUAL) {
            for (int k = 0; k < size; k++) {
                int p = selection.position(k);
                positions[count] = p;
                count += (int) (((long) b[p] - a[p]) >>> 63) ^ 1;
            }
        } else {
            int flip = operator == Comparison.Operator.EQUAL ? 0 : 1;
            for (int k = 0; k < size; k++) {
                int p = selection.position(k);
                positions[count] = p;
                count += isZero(a[p] ^ b[p]) ^ flip;
            }
        }
        return Selections.hits(selection, positions, count);
    }

    private static Selection longs(Comparison.Operator operator, long[] a, long[] b, Selection selection) {
        int size = selection.size();
        int[] positions = new int[size];
        int count = 0;
        if (operator == Comparison.Operator.LESS) {
            for (int k = 0; k < size; k++) {
                int p = selection.position(k);
                positions[count] = p;
                count += isLess(a[p], b[p]);
            }
        } else if (operator == Comparison.Operator.LESS_OR_EQUAL) {
            for (int k = 0; k < size; k++) {
                int p = selection.position(k);
                positions[count] = p;
                count += isLess(b[p], a[p]) ^ 1;
            }
        } else {
            int flip = operator == Comparison.Operator.EQUAL ? 0 : 1;
            for (int k = 0; k < size; k++) {
                int p = selection.position(k);
                positions[count] = p;
                count += isZero(a[p] ^ b[p]) ^ flip;
            }
        }
        return Selections.hits(selection, positions, count);
    }

    /** 1 if {@code x < y}, else 0, without a branch. */
    private static int isLess(long x, long y) {
        return (int) (((x & ~y) | (~(x ^ y) & (x - y))) >>> 63);
    }

    /** 1 if {@code x} is 0, else 0, without a branch. */
    private static int isZero(long x) {
        return (int) ((x | -x) >>> 63) ^ 1;
    }

    private static Selection doubles(Comparison.Operator operator, double[] a, double[] b, Selection selection) {
        int size = selection.size();
        int[] positions = new int[size];
        int count = 0;
        for (int k = 0; k < size; k++) {
            int p = selection.position(k);
            positions[count] = p;
            count += operator.accepts(ValueOrder.compareDoubles(a[p], b[p])) ? 1 : 0;
        }
        return Selections.hits(selection, positions, count);
    }

    private static Selection values(Comparison.Operator operator, Vector a, Vector b, Selection selection) {
        boolean equality = operator == Comparison.Operator.EQUAL || operator == Comparison.Operator.NOT_EQUAL;
        boolean wanted = operator == Comparison.Operator.EQUAL;
        int size = selection.size();
        int[] positions = new int[size];
        int count = 0;
        for (int k = 0; k < size; k++) {
            int p = selection.position(k);
            positions[count] = p;
            boolean hit = equality
                    ? ValueOrder.equal(a, p, b, p) == wanted
                    : operator.accepts(ValueOrder.compare(a, p, b, p));
            count += hit ? 1 : 0;
        }
        return Selections.hits(selection, positions, count);
    }
}
