// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

/** What happens to the files of what is dropped. */
public enum DropMode {
    /** They stay until they are collected. */
    KEEP_FILES,
    /** Those that no other version needs are to be deleted now. */
    PURGE
}
