// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

/** Which way lineage is followed. */
public enum Direction {
    /** To what a version was made from. */
    UP,
    /** To what was made from it. */
    DOWN
}
