// SPDX-License-Identifier: Apache-2.0
/**
 * Names, versions, provenance and lineage of datasets, in a relational database inside the warehouse. What enters is a
 * {@link io.datasetdb.registry.DatasetName} with a {@link io.datasetdb.registry.VersionSelector}, or the files and the
 * {@link io.datasetdb.registry.Provenance} of a deposit; what leaves is a pinned, immutable
 * {@link io.datasetdb.registry.DatasetVersion}, or rows of the {@link io.datasetdb.registry.SystemTable}s. The tables
 * themselves are described in {@code migration/V1__registry.sql}. Start reading at
 * {@link io.datasetdb.registry.Registry}, then {@link io.datasetdb.registry.VersionDraft}.
 */
@NullMarked
package io.datasetdb.registry;

import org.jspecify.annotations.NullMarked;
