// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import java.util.List;

/**
 * A file that is not what the registry says.
 *
 * @param path relative to the warehouse
 * @param reason completes "Cannot use file: …"
 * @param owners the readable versions to which it belongs, the oldest first
 */
public record FileProblem(String path, Kind kind, String reason, List<VersionRef> owners) {
    /** What is wrong. */
    public enum Kind {
        MISSING,
        /** It has another number of bytes. */
        SIZE,
        /** Its bytes are others. */
        CHECKSUM,
        /** It cannot be read, or not as the registry says: columns or number of rows differ. */
        UNREADABLE,
        /** The registry itself lacks files of a version, or is damaged. */
        REGISTRY
    }

    public FileProblem {
        owners = List.copyOf(owners);
    }
}
