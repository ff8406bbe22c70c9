// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.nearest;

import io.datasetdb.sql.exec.Run;
import io.datasetdb.sql.exec.Scalars;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.udf.builtin.Dense;
import io.datasetdb.vector.Vector;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * ORDER BY the distance to a vector, and how many rows are wanted of that, all of which may be parameters.
 *
 * @param vector an array of REAL or DOUBLE, of no column
 * @param offset rows to skip; none or NULL is 0
 * @param fetch rows to keep; NULL is all
 * @param keepsTies whether rows at the same distance are in an order of their own
 */
public record VectorQuery(
        Metric metric, Expression vector, @Nullable Expression offset, Expression fetch, boolean keepsTies) {
    /** What a search can look for. */
    record Wanted(float[] vector, double squared, long count) {}

    /** The values in a run; empty if they are such that a search by index is of no use. */
    Optional<Wanted> wanted(Run run) {
        long skip = Scalars.rows(offset, run.bindings(), "OFFSET", 0);
        long keep = Scalars.rows(fetch, run.bindings(), "LIMIT", Long.MAX_VALUE);
        Vector value = Scalars.vector(vector, run.bindings());
        Embeddings embeddings = new Embeddings(value);
        if (keep == 0
                || skip > Integer.MAX_VALUE
                || keep > Integer.MAX_VALUE
                || embeddings.kind(0) != Embeddings.Kind.REGULAR) {
            return Optional.empty();
        }
        int from = embeddings.start(0);
        float[] query = Arrays.copyOfRange(embeddings.values(), from, from + embeddings.length(0));
        double squared = Dense.dot(query, 0, query, 0, query.length);
        // A vector of zeros has no direction, and directions are what indexes know.
        return squared == 0 ? Optional.empty() : Optional.of(new Wanted(query, squared, skip + keep));
    }
}
