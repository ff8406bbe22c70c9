// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import io.datasetdb.vector.Field;
import org.jspecify.annotations.Nullable;

/**
 * A column of a dataset's latest version, as catalogues list it.
 *
 * @param ordinal from 1
 * @param comment of the column
 */
public record CatalogColumn(
        CatalogEntry dataset,
        int ordinal,
        Field field,
        @Nullable String comment) {}
