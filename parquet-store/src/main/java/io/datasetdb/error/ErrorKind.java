// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.error;

/** Whose fault an error is; servers and tests count by it. */
public enum ErrorKind {
    /** The statement, name, value or file that the user gave. */
    USER,
    /** Not enough memory, disk or time. */
    RESOURCE,
    /** Something outside this process: a file system, a database, a network. */
    EXTERNAL,
    /** Our own mistake. */
    BUG
}
