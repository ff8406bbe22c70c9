// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import org.jspecify.annotations.Nullable;

/** A parameter that a deposit used, with its value as text. */
public record Param(String name, @Nullable String value, Origin origin) {
    /** Where the value came from. */
    public enum Origin {
        /** SET PARAM. */
        SET,
        /** The default in the statement. */
        DEFAULT,
        /** A {@code ?} of a prepared statement. */
        BOUND
    }
}
