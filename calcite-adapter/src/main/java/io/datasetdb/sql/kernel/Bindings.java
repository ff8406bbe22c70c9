// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an expression may refer to besides its batch, fixed for one run: the statement's parameters, the start of the
 * statement, and the values of correlation variables while a correlated sub-plan runs. Parameter and correlation values are
 * of the Java types that {@link io.datasetdb.vector.DataType} lists. A run, and with it its bindings, may be used by several
 * threads; correlation values are set before the sub-plan starts.
 *
 * @param parameters values of the statement's {@code ?}, in order
 * @param now the instant at which the statement started (CURRENT_TIMESTAMP and the like)
 * @param user the session's user
 * @param correlations slots of the correlation variables, by slot number of the plan
 */
public record Bindings(
        List<@Nullable Object> parameters,
        Instant now,
        String user,
        @Nullable Object[] correlations) {
    public Bindings {
        parameters = java.util.Collections.unmodifiableList(new ArrayList<>(parameters));
    }

    /** No parameters, no correlations. */
    public static Bindings none(Instant now) {
        return new Bindings(List.of(), now, "", new Object[0]);
    }
}
