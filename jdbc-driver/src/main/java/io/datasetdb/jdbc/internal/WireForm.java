// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc.internal;

/** How a client wants its results; decides the types that a signature declares and what frames hold. */
public enum WireForm {
    /** Packets: every type and all digits. What our own drivers ask for. */
    NATIVE,
    /** Rows of a stock Avatica client over protobuf: milliseconds, MAP as JSON text. */
    PROTOBUF,
    /** Rows of a stock Avatica client over JSON: as protobuf, and ROW as JSON text. */
    JSON
}
