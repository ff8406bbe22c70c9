// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

/** Which part of a version number the next version raises. */
public enum VersionBump {
    MAJOR,
    MINOR,
    PATCH
}
