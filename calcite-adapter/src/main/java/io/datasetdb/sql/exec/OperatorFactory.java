// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.vector.DataType;
import java.util.List;

/**
 * One step of a physical plan: parameters only, so that a plan can be run many times and by several threads at once.
 * All
 * that changes while it runs lives in the operators it makes.
 */
public interface OperatorFactory {
    /** The types of the columns of the batches. */
    List<DataType> types();

    /** Starts this step, and through it its inputs, for one run. */
    Operator create(Run run);

    /**
     * Starts this step divided: operators that yield its rows between them, each pulled by one thread, in no common order.
     * What they share, such as the table of a join, is complete when this returns.
     *
     * @param count how many are wanted; fewer come where there is less to divide
     */
    default List<Operator> split(Run run, int count) {
        return List.of(create(run));
    }
}
