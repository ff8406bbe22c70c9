// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.builtin;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;

/** The row that stands for a file: what listings yield and functions of files take. */
public final class FileRow {
    /** The type as SQL writes it. */
    public static final String SQL =
            "ROW(source VARCHAR NOT NULL, path VARCHAR NOT NULL, size BIGINT NOT NULL, version VARCHAR NOT NULL, "
                    + "etag VARCHAR NOT NULL, is_latest BOOLEAN NOT NULL, last_modified TIMESTAMP NOT NULL)";

    /**
     * Source ({@code file://}, {@code s3://bucket}), path below it, size in bytes, version in a versioned bucket (else
     * empty), entity tag, whether it is the latest version, and when it was last written, in UTC.
     */
    public static final DataType.Row TYPE = (DataType.Row) DataType.row(
            Field.required("source", DataType.VARCHAR),
            Field.required("path", DataType.VARCHAR),
            Field.required("size", DataType.BIGINT),
            Field.required("version", DataType.VARCHAR),
            Field.required("etag", DataType.VARCHAR),
            Field.required("is_latest", DataType.BOOLEAN),
            Field.required("last_modified", DataType.TIMESTAMP));

    private FileRow() {}
}
