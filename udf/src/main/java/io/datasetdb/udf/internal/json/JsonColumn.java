// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.json;

import com.fasterxml.jackson.core.JsonParser;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import java.io.IOException;

/** A column, or a part of a nested one, that grows by JSON values. After {@link #build()} it is empty again. */
abstract class JsonColumn {
    /**
     * An empty column of a type.
     *
     * @param full the type of the values
     * @param read the type of the vectors: as {@code full}, perhaps with fewer ROW fields
     */
    static JsonColumn of(String path, DataType full, DataType read, JsonContext context) {
        return switch (full.kind()) {
            case ARRAY -> new JsonColumns.Lists(path, (DataType.Array) full, context);
            case MAP -> new JsonColumns.Maps(path, (DataType.Map) full, context);
            case ROW -> new JsonColumns.Rows(path, (DataType.Row) full, (DataType.Row) read, context);
            case BOOLEAN,
                    TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    REAL,
                    DOUBLE,
                    DECIMAL,
                    VARCHAR,
                    VARBINARY,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    TIMESTAMP_LTZ,
                    UUID,
                    INTERVAL_MONTH,
                    INTERVAL_DAY,
                    NULL -> new JsonColumns.Scalars(path, full, context);
        };
    }

    /** Adds the value that begins at the parser's current token; the parser is then at its last token. */
    abstract void add(JsonParser parser) throws IOException;

    abstract void addNull();

    /** The number of values so far. */
    abstract int size();

    abstract Vector build();
}
