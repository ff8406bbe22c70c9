// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

/** For which rows a clause of MERGE speaks. */
public enum MergeRows {
    /** Rows of the dataset, each with a row of the source that matches it. */
    MATCHED("WHEN MATCHED"),
    /** Rows of the source that match none of the dataset. */
    NOT_MATCHED("WHEN NOT MATCHED"),
    /** Rows of the dataset that match none of the source. */
    NOT_MATCHED_BY_SOURCE("WHEN NOT MATCHED BY SOURCE");

    private final String words;

    MergeRows(String words) {
        this.words = words;
    }

    /** How a clause begins. */
    String words() {
        return words;
    }
}
