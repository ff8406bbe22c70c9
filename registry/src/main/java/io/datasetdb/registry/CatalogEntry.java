// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import org.jspecify.annotations.Nullable;

/** A dataset that can be read, as catalogues list it. */
public record CatalogEntry(DatasetName name, @Nullable String comment) {}
