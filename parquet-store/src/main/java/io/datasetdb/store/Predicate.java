// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store;

import java.util.List;

/**
 * What rows a scan may leave out, in terms of stored columns; names are resolved and values typed before it gets here. A
 * scan uses it to skip whatever certainly has no matching row; rows that do not match may still come back.
 *
 * <p>Values are of the Java type that {@link io.datasetdb.vector.DataType} lists for the column's type, never null. SQL's
 * three-valued logic holds: a comparison with NULL matches nothing.
 */
public sealed interface Predicate {
    /** Comparison operators. */
    enum Operator {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL
    }

    /** {@code column operator value}. */
    record Comparison(ColumnPath column, Operator operator, Object value) implements Predicate {}

    /** {@code column IN (values)}. */
    record In(ColumnPath column, List<Object> values) implements Predicate {
        public In {
            values = List.copyOf(values);
        }
    }

    /** {@code column LIKE 'prefix%'}. */
    record StartsWith(ColumnPath column, String prefix) implements Predicate {}

    /** {@code column LIKE 'pattern'}, or ILIKE, with {@code \} as the escape character. */
    record Like(ColumnPath column, String pattern, boolean ignoreCase) implements Predicate {}

    /** {@code column IS NULL}. */
    record IsNull(ColumnPath column) implements Predicate {}

    /** {@code column IS NOT NULL}. */
    record IsNotNull(ColumnPath column) implements Predicate {}

    /** All of them. */
    record And(List<Predicate> operands) implements Predicate {
        public And {
            operands = List.copyOf(operands);
        }
    }

    /** At least one of them. */
    record Or(List<Predicate> operands) implements Predicate {
        public Or {
            operands = List.copyOf(operands);
        }
    }
}
