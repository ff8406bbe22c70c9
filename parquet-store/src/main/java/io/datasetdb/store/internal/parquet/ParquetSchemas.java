// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.MessageType;

/**
 * Translates schemas, by the rules of the Parquet format's <a
 * href="https://github.com/apache/parquet-format/blob/master/LogicalTypes.md">LogicalTypes.md</a>, its rules for files
 * written before them included.
 */
public final class ParquetSchemas {
    private ParquetSchemas() {}

    /**
     * The message type of files that we write: small integers as annotated INT32, DECIMAL up to 18 digits as INT64 and
     * longer ones as FIXED_LEN_BYTE_ARRAY(16), times and timestamps in microseconds, lists and maps in the standard
     * three-level form.
     *
     * @throws DatasetDbException ({@code BAD_VALUE}) naming the column if it has a type without a stored form:
     *     intervals, the type of a bare NULL, rows without fields, or nesting too deep to be read again
     */
    public static MessageType toMessageType(Schema schema) {
        return StoredTypes.messageType(schema);
    }

    /**
     * The schema in which a file of this type reads; every Parquet type has a place in it. As {@link #toColumns} fails.
     */
    public static Schema toSchema(MessageType type) {
        List<Field> fields = new ArrayList<>();
        for (NamedNode column : ColumnTree.of(type)) {
            fields.add(column.field());
        }
        return new Schema(fields);
    }

    /**
     * The columns of a file of this type, in its order.
     *
     * @throws org.apache.parquet.io.ParquetDecodingException if the type is malformed: a group without fields, or
     *     nested absurdly deep
     */
    public static List<NamedNode> toColumns(MessageType type) {
        return ColumnTree.of(type);
    }
}
