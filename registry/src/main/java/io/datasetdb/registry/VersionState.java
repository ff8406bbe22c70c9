// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

/** Whether a version can be read. */
public enum VersionState {
    /** Deposited and visible. */
    COMPLETE,
    /** A tombstone: number, provenance and lineage stay. */
    DROPPED
}
