// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import org.jspecify.annotations.Nullable;

/**
 * Something that {@link GarbageCollection} finds.
 *
 * @param version set for kinds that are versions
 * @param path relative to the warehouse; set for kinds that are folders or files
 * @param files how many files go, -1 if nothing was looked into
 * @param bytes how many bytes they have
 * @param reason why it may go, or why it stays; completes "because …"
 */
public record Garbage(
        Kind kind, @Nullable VersionRef version, @Nullable String path, long files, long bytes, String reason) {
    /** Why something is of no use. */
    public enum Kind {
        /** The folder of a deposit that never came to its end. */
        ORPHAN,
        /** Files that were given up and are still there. */
        PURGED,
        /** Files of a version that was dropped long enough ago. */
        DROPPED,
        /** A listing that a newer one took the place of, and that nothing readable was made from. */
        LISTING,
        /** A version beyond the dataset's retention; it is dropped now, and its files go later as those of any dropped one. */
        EXCESS,
        /** What a save of a Java program that was cut off has computed, and nobody came back for. */
        CHECKPOINT,
        /** The jar of functions that are not there any more and that no readable version called. */
        JAR,
        /** Somebody else's: it is named, and left where it is. */
        FOREIGN
    }

    /** What it is called: the version, or the path. */
    public String name() {
        return version != null ? version.toString() : String.valueOf(path);
    }
}
