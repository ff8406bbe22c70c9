// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc.internal;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.Schema;

/**
 * One element of the frames that our own drivers read: a {@link Header}, any number of {@link Rows}, a {@link Trailer}.
 * In process the objects themselves travel, over HTTP what {@link PacketCodec} makes of them.
 */
public sealed interface Packet {
    /**
     * The columns that follow.
     *
     * @param query whether the statement is a query, i.e. has no update count
     */
    record Header(Schema schema, boolean query) implements Packet {}

    /** Some rows. */
    record Rows(Batch batch) implements Packet {}

    /**
     * The end.
     *
     * @param updateCount rows deposited or changed; -1 for a query
     */
    record Trailer(long updateCount) implements Packet {}
}
