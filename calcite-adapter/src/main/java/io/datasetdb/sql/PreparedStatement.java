// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql;

import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A statement that was parsed and validated and may be executed any number of times. Preparing deposits nothing of the
 * user's; a folder that the statement lists is listed, and its listing kept.
 */
public interface PreparedStatement {
    /** The statement as given. */
    String sql();

    /** Whether it is a query, i.e. has rows but no update count. */
    boolean isQuery();

    /** Whether it may change the warehouse, which is more than the session it runs in. */
    default boolean changesWarehouse() {
        return !isQuery();
    }

    /** The columns of its result. Every statement has some: those that are not queries answer one row that says what they did. */
    Schema schema();

    /**
     * The columns of its result when it is run with these values, if they may be other ones: a number among them may not fit
     * the type that the place of its parameter says, and the statement then computes with a wider one.
     */
    default Optional<Schema> otherSchema(List<@Nullable Object> arguments) {
        return Optional.empty();
    }

    /** What the plan made last reads: {@code namespace.project.name@version} and URIs. */
    default List<String> inputs() {
        return List.of();
    }

    /** The versions that the plan made last reads, of listings too. */
    default List<UUID> inputVersions() {
        return List.of();
    }

    /** Its {@code ?} parameters in order, with inferred types. */
    List<Field> parameters();

    /**
     * Runs it. Names are resolved anew, to the versions that are the latest now. A deposit does all its work in here.
     *
     * @param arguments one value a parameter, of the Java types that {@link io.datasetdb.vector.DataType} lists; a number that
     *     does not fit a parameter of an exact numeric type may come as any other number, and is used as it is
     * @param timeoutNanos how long it may take, 0 for no limit
     * @param cancellation ends the execution, in here or while its rows are pulled, with SQLSTATE 57014; asked once a batch. A
     *     deposit that was ended leaves nothing but its job
     */
    StatementResult execute(List<@Nullable Object> arguments, long timeoutNanos, Cancellation cancellation);

    /** Runs it so that only its result can cancel it. */
    default StatementResult execute(List<@Nullable Object> arguments, long timeoutNanos) {
        return execute(arguments, timeoutNanos, new Cancellation());
    }
}
