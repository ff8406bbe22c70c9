// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import java.util.List;

/**
 * What a drop did.
 *
 * @param versions what was dropped now, the highest first
 * @param removals folders and files, relative to the warehouse, that are to be {@link Registry#remove}d now; empty
 *     unless purged
 */
public record DropResult(List<SemanticVersion> versions, List<String> removals) {
    public DropResult {
        versions = List.copyOf(versions);
        removals = List.copyOf(removals);
    }
}
