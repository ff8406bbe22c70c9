// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import org.jspecify.annotations.Nullable;

/**
 * One origin of one column.
 *
 * @param column the column of the new version
 * @param parent the version the origin belongs to, {@code null} if it is no dataset
 * @param parentColumn the origin
 * @param derivation what happened on the way
 */
public record ColumnLineage(String column, @Nullable VersionRef parent, String parentColumn, Derivation derivation) {
    /** What happens to values between parent and column. */
    public enum Derivation {
        /** They are the same. */
        IDENTITY,
        /** Each is computed from values of one row. */
        TRANSFORMED,
        /** Each is computed from values of several rows. */
        AGGREGATED
    }
}
