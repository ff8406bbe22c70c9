// SPDX-License-Identifier: Apache-2.0
package io.datasetdb;

/** How far two embeddings are from each other; smaller is nearer. */
public enum Distance {
    /** One minus the cosine of the angle, 0 to 2. */
    COSINE("cosine_distance"),
    /** The length of the difference. */
    EUCLIDEAN("euclidean_distance");

    private final String function;

    Distance(String function) {
        this.function = function;
    }

    /** The function of SQL. */
    String function() {
        return function;
    }
}
