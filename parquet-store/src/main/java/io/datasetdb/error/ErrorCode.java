// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.error;

/**
 * One kind of failure. Every room has one enum that implements this interface; a new failure is one constant.
 */
public interface ErrorCode {
    /** The constant's name, unique within its room. */
    String name();

    /** Whose fault it is. */
    ErrorKind kind();

    /** The five-character SQLSTATE that clients see (ISO/IEC 9075 classes, PostgreSQL's subclasses where the standard has none). */
    String sqlState();
}
