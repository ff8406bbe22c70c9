// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.parquet;

import io.datasetdb.store.Predicate;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Splits predicates between the partition columns of files, whose values are known, and the files' own columns. */
record PartitionFilter(Partitions partitions) {
    /** Whether some row of a file whose partition columns have these values may match. */
    boolean mayMatch(Predicate predicate, List<Vector> values) {
        if (predicate instanceof Predicate.And and) {
            return and.operands().stream().allMatch(operand -> mayMatch(operand, values));
        }
        if (predicate instanceof Predicate.Or or) {
            return or.operands().stream().anyMatch(operand -> mayMatch(operand, values));
        }
        int column = column(predicate);
        return column < 0 || mayMatch(predicate, values.get(column).getObject(0));
    }

    private static boolean mayMatch(Predicate predicate, @Nullable Object value) {
        if (predicate instanceof Predicate.IsNull) {
            return value == null;
        }
        if (value == null) {
            return false;
        }
        if (predicate instanceof Predicate.Comparison comparison) {
            return mayMatch(value, comparison.operator(), comparison.value());
        }
        if (predicate instanceof Predicate.In in) {
            return in.values().stream().anyMatch(wanted -> mayMatch(value, Predicate.Operator.EQUAL, wanted));
        }
        return !(predicate instanceof Predicate.StartsWith startsWith)
                || !(value instanceof String text)
                || text.startsWith(startsWith.prefix());
    }

    /** In doubt, when values are of different kinds, they match. Texts are only told equal or not. */
    private static boolean mayMatch(Object value, Predicate.Operator operator, Object wanted) {
        if (value.getClass() != wanted.getClass() || !(value instanceof Comparable<?>)) {
            return true;
        }
        @SuppressWarnings("unchecked") // both are of one class, which is comparable with itself
        int order = ((Comparable<Object>) value).compareTo(wanted);
        boolean isText = value instanceof String;
        return switch (operator) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> isText || order < 0;
            case LESS_OR_EQUAL -> isText || order <= 0;
            case GREATER -> isText || order > 0;
            case GREATER_OR_EQUAL -> isText || order >= 0;
        };
    }

    /** What is left of a predicate for the files themselves, {@code null} if nothing: it matches at least as much. */
    @Nullable
    Predicate ofFiles(Predicate predicate) {
        if (predicate instanceof Predicate.And and) {
            List<Predicate> left = new ArrayList<>();
            for (Predicate operand : and.operands()) {
                Predicate kept = ofFiles(operand);
                if (kept != null) {
                    left.add(kept);
                }
            }
            return left.isEmpty() ? null : new Predicate.And(left);
        }
        if (predicate instanceof Predicate.Or or) {
            List<Predicate> left = new ArrayList<>();
            for (Predicate operand : or.operands()) {
                Predicate kept = ofFiles(operand);
                if (kept == null) {
                    return null;
                }
                left.add(kept);
            }
            return new Predicate.Or(left);
        }
        return column(predicate) < 0 ? predicate : null;
    }

    /** The partition column that a predicate without operands is about, or -1. */
    private int column(Predicate predicate) {
        if (predicate instanceof Predicate.Comparison comparison) {
            return partitions.indexOf(comparison.column().names().get(0));
        }
        if (predicate instanceof Predicate.In in) {
            return partitions.indexOf(in.column().names().get(0));
        }
        if (predicate instanceof Predicate.StartsWith startsWith) {
            return partitions.indexOf(startsWith.column().names().get(0));
        }
        if (predicate instanceof Predicate.IsNull isNull) {
            return partitions.indexOf(isNull.column().names().get(0));
        }
        return predicate instanceof Predicate.IsNotNull isNotNull
                ? partitions.indexOf(isNotNull.column().names().get(0))
                : -1;
    }
}
