// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.scan;

import io.datasetdb.store.Scan;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Schema;
import java.util.List;
import java.util.function.Function;

/**
 * A scan whose splits are known beforehand and opened by a function, which is called once for each reading of a split.
 *
 * @param schema the columns of the batches
 * @param splits in stored order
 * @param opener opens one split
 */
public record FileScan(Schema schema, List<Scan.Split> splits, Function<Part, BatchSource> opener) implements Scan {
    /**
     * One file, or a range of rows of a table that is in memory.
     *
     * @param number the split's place among the splits, from 0
     * @param rowCount rows, -1 if unknown
     */
    public record Part(int number, long rowCount) implements Scan.Split {}

    public FileScan {
        splits = List.copyOf(splits);
    }

    @Override
    public BatchSource open(Split split) {
        return opener.apply((Part) split);
    }
}
