// SPDX-License-Identifier: Apache-2.0
package io.datasetdb;

import java.io.Serializable;

/**
 * A function of the program that is called once for each row, or group, by several threads at once. Method references and
 * lambdas of this type tell their types and their name.
 *
 * @param <I> what it is given: a record whose components are columns, a {@link Row}, or the value of the only column; for
 *     {@code agg} a List of those
 * @param <O> what it yields: a record, or any type that a component of a record may have
 */
@FunctionalInterface
public interface RowFunction<I, O> extends Serializable {
    /** Computes; whatever it throws ends the statement. */
    O apply(I input) throws Exception;
}
