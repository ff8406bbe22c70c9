// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.Direction;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What commands know of datasets: the registry of a warehouse, which needs no SQL and is there at once, or that of a server.
 * Rows are values of the types that {@link DataType} lists.
 */
interface Catalog extends AutoCloseable {
    /** The columns of {@link #lineage}, which are those of {@code registry.lineage}. */
    Schema LINEAGE = Schema.of(
            Field.required("depth", DataType.INTEGER),
            Field.of("namespace", DataType.VARCHAR),
            Field.of("project", DataType.VARCHAR),
            Field.of("name", DataType.VARCHAR),
            Field.of("version", DataType.VARCHAR),
            Field.required("kind", DataType.VARCHAR),
            Field.of("uri", DataType.VARCHAR),
            Field.required("via", DataType.VARCHAR));

    /** One version of a dataset; {@code dropped} says that it is a tombstone. */
    record Found(DatasetName name, String version, boolean dropped) {
        @Override
        public String toString() {
            return name + "@" + version;
        }
    }

    /** Where names of one or two parts lead. */
    String namespace();

    /** Where names of one part lead. */
    String project();

    /** Some columns of those rows of a table of the registry whose columns have these values, in the order of {@code order}. */
    List<List<@Nullable Object>> rows(String table, Schema columns, Map<String, String> equal, String order)
            throws SQLException;

    /** The version that a name means; one that was dropped if there is nothing else, for its lineage and statement stay. */
    Found find(NameArgument argument) throws SQLException;

    /** The edges within some steps of a version, nearest first. */
    List<List<@Nullable Object>> lineage(Found version, Direction direction, int depth) throws SQLException;

    void drop(NameArgument argument, boolean purge) throws SQLException;

    void rename(DatasetName from, DatasetName to) throws SQLException;

    void setComment(DatasetName name, String comment) throws SQLException;

    /** Adds labels, or replaces those of the same keys. */
    void addLabels(DatasetName name, Map<String, String> labels) throws SQLException;

    @Override
    void close() throws SQLException;
}
