// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import org.jspecify.annotations.Nullable;

/**
 * One edge of the lineage graph.
 *
 * @param depth steps from the start, from 1
 * @param node the version at the far end, {@code null} if that is no dataset
 * @param kind what the far end is
 * @param uri where, for storage and external ends
 * @param via the version at the near end, {@code null} if that is the storage at which the walk began
 */
public record LineageRow(
        int depth,
        @Nullable VersionRef node,
        Dependency.Kind kind,
        @Nullable String uri,
        @Nullable VersionRef via) {}
