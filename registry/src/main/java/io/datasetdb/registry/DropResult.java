// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import java.util.List;

/**
 * What a drop did.
 *
 * @param versions what was dropped, the highest first
 * @param removals folders and files, relative to the warehouse, that are to be deleted now and then reported to {@link
 *     Registry#removed}; empty unless purged
 */
public record DropResult(List<SemanticVersion> versions, List<String> removals) {
    public DropResult {
        versions = List.copyOf(versions);
        removals = List.copyOf(removals);
    }
}
