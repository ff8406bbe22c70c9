// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.sql.exec.OperatorFactory;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.rel.RelNode;

/** A relational expression that our operators run. The convention's only way out is {@link #implement}. */
public interface BatchRel extends RelNode {
    /** The calling convention: batches, pulled. */
    Convention CONVENTION = new Convention.Impl("BATCH", BatchRel.class);

    /** The physical step for this node and, through the implementor, for its inputs. */
    OperatorFactory implement(BatchImplementor implementor);
}
