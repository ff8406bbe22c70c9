// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import java.util.UUID;

/**
 * One version of one dataset.
 *
 * @param name what the dataset was called when this was made
 * @param uuid identifies the version, also after the dataset was renamed
 */
public record VersionRef(DatasetName name, SemanticVersion version, UUID uuid) {
    /** {@code namespace.project.name@major.minor.patch}. */
    @Override
    public String toString() {
        return name + "@" + version;
    }
}
