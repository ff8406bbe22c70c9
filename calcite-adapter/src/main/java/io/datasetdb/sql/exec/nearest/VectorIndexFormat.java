// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.nearest;

import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.WriteOptions;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.List;

/**
 * The inverted file of one column of one data file (J. Sivic, A. Zisserman, Video Google, ICCV 2003; the coarse part of H. Jégou,
 * M. Douze, C. Schmid, Product quantization for nearest neighbor search, IEEE TPAMI 33, 2011). The vectors are in lists, each with
 * those whose direction is nearest to its centre's, and a search reads the lists that are nearest to what it looks for. Lists by
 * direction serve all metrics, if it is kept how long their vectors are: embeddings differ by direction.
 *
 * <p>It is a Parquet file, so that it is written, checked and kept like all others. Each row is a row group of its own, so that one
 * is read without the others, and kept in memory by the column cache if it is read often:
 *
 * <ul>
 *   <li>row 0: list -1; {@code positions} says for each list the number of its first row here, and behind the last how many rows
 *       there are; {@code vectors} has the centres, one behind the other
 *   <li>row 1: list -2; {@code positions} are rows of the data file whose vectors hold numbers that are not finite, and that each
 *       search looks at; {@code vectors} has for each list the length of its shortest vector and of its longest
 *   <li>all others: vectors of a list, one behind the other, with their rows in the data file, from 0. A long list has several
 *       rows.
 * </ul>
 *
 * <p>Rows of the data file without a vector, or with NULL in it, are nowhere.
 */
final class VectorIndexFormat {
    /** A file with fewer vectors is searched as fast without an index. */
    static final int MIN_VECTORS = 10_000;

    static final int CENTERS = -1;
    static final int LOOSE = -2;

    /** Rows before those of the lists. */
    static final int HEAD_ROWS = 2;

    static final Schema SCHEMA = Schema.of(
            Field.required("list", DataType.INTEGER),
            Field.required("positions", DataType.array(DataType.BIGINT)),
            Field.required("vectors", DataType.array(DataType.REAL)));

    static final List<ColumnPath> COLUMNS =
            SCHEMA.fields().stream().map(Field::name).map(ColumnPath::of).toList();

    /** Bytes of vectors in a row. */
    private static final int ROW_BYTES = 4 << 20;

    private VectorIndexFormat() {}

    /** Numbers that look random do not get smaller. */
    static WriteOptions options(int part) {
        return new WriteOptions(WriteOptions.Codec.UNCOMPRESSED, 1, Long.MAX_VALUE, part);
    }

    /** As many lists as there are vectors in one: what a search spends on centres and on vectors grows alike. */
    static int lists(long vectors) {
        return (int) Math.max(1, Math.round(Math.sqrt(vectors)));
    }

    /** How many vectors a row holds at most. */
    static int rowVectors(int dimension) {
        return Math.max(1, ROW_BYTES / Float.BYTES / dimension);
    }
}
