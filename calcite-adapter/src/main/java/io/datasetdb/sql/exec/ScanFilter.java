// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.store.Predicate;
import io.datasetdb.store.RowFilter;
import org.jspecify.annotations.Nullable;

/**
 * A condition that a scan applies while it reads, as a plan holds it; what it amounts to in a run is asked for each split
 * anew, so that it may come up, or grow tighter, while the scan is under way.
 */
public interface ScanFilter {
    /** A filter for one of the threads that read the scan in a run. */
    interface Part {
        /** The filter for the next split, or {@code null} if nothing is to be filtered. */
        @Nullable
        RowFilter rows();

        /**
         * What is known of values in the next split's matching rows, by which it may be left out as a whole; {@code null} if
         * nothing is.
         */
        default @Nullable Predicate predicate() {
            return null;
        }
    }

    /** Starts the filter for one of the threads that read the scan in a run. */
    Part start(Run run);
}
