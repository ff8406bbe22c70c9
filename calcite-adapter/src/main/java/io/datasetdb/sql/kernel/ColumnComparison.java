// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.vector.DoubleVector;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;

/** Two value vectors, position by position. */
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
                count += a[p] < b[p] ? 1 : 0;
            }
        } else if (operator == Comparison.Operator.LESS_OR_EQUAL) {
            for (int k = 0; k < size; k++) {
                int p = selection.position(k);
                positions[count] = p;
                count += a[p] <= b[p] ? 1 : 0;
            }
        } else {
            boolean wanted = operator == Comparison.Operator.EQUAL;
            for (int k = 0; k < size; k++) {
                int p = selection.position(k);
                positions[count] = p;
                count += (a[p] == b[p]) == wanted ? 1 : 0;
            }
        }
        return Selection.of(positions, count);
    }

    private static Selection longs(Comparison.Operator operator, long[] a, long[] b, Selection selection) {
        int size = selection.size();
        int[] positions = new int[size];
        int count = 0;
        if (operator == Comparison.Operator.LESS) {
            for (int k = 0; k < size; k++) {
                int p = selection.position(k);
                positions[count] = p;
                count += a[p] < b[p] ? 1 : 0;
            }
        } else if (operator == Comparison.Operator.LESS_OR_EQUAL) {
            for (int k = 0; k < size; k++) {
                int p = selection.position(k);
                positions[count] = p;
                count += a[p] <= b[p] ? 1 : 0;
            }
        } else {
            boolean wanted = operator == Comparison.Operator.EQUAL;
            for (int k = 0; k < size; k++) {
                int p = selection.position(k);
                positions[count] = p;
                count += (a[p] == b[p]) == wanted ? 1 : 0;
            }
        }
        return Selection.of(positions, count);
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
        return Selection.of(positions, count);
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
        return Selection.of(positions, count);
    }
}
