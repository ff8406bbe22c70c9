// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.nearest;

import io.datasetdb.store.DatasetStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A column of a version of which there may be indexes; they come and go while the version stays. */
public interface IndexedVectors {
    /**
     * A data file.
     *
     * @param index the path of its index; none if the file has none
     */
    record Part(long rowCount, @Nullable String index) {}

    /** The version's files in the order of their rows, with their indexes as they are now; empty if none has one. */
    List<Part> parts();

    /** Where the files are. */
    DatasetStore store();
}
