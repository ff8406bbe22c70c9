// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf;

import io.datasetdb.store.DatasetStore;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Schema;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A function that is a table: it is bound once when a statement is planned, to constants, and then read like a table. */
public interface TableFunction {
    /**
     * A parameter.
     *
     * @param name for named arguments ({@code header => true})
     * @param type the type arguments are cast to
     * @param required whether a call must give it; one that is not required is {@code null} when it is not given
     * @param description one sentence for people
     */
    record Parameter(String name, DataType type, boolean required, String description) {}

    /** How SQL calls it, lower case. */
    String name();

    List<Parameter> parameters();

    /** The columns that it has whatever its arguments; empty if they depend on those. */
    default Optional<Schema> columns() {
        return Optional.empty();
    }

    /** One sentence for people. */
    String description();

    /** A statement that uses it. */
    String example();

    /**
     * Finds out what the table looks like, reading as little as possible.
     *
     * @param arguments one a parameter, of the Java types that {@link DataType} lists
     */
    BoundTable bind(List<@Nullable Object> arguments, DatasetStore store);
}
