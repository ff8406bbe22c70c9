// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.nearest;

import io.datasetdb.udf.builtin.Dense;

/** By what vectors are near to each other. */
public enum Metric {
    /** By the angle between them. */
    COSINE {
        @Override
        double distance(float[] query, double squaredQuery, float[] vectors, int from) {
            int length = query.length;
            double squared = Dense.dot(vectors, from, vectors, from, length);
            return Dense.cosineDistance(query, 0, squaredQuery, vectors, from, squared, length);
        }

        @Override
        double distance(double squaredQuery, double along, float shortest, float longest) {
            return -along;
        }
    },
    /** By the length of their difference. */
    EUCLIDEAN {
        @Override
        double distance(float[] query, double squaredQuery, float[] vectors, int from) {
            return Dense.squaredDistance(query, 0, vectors, from, query.length);
        }

        @Override
        double distance(double squaredQuery, double along, float shortest, float longest) {
            double nearest = Math.max(shortest, Math.min(longest, along));
            return squaredQuery - 2 * along * nearest + nearest * nearest;
        }
    },
    /** By the sum of their products: the greatest is the nearest. */
    INNER_PRODUCT {
        @Override
        double distance(float[] query, double squaredQuery, float[] vectors, int from) {
            return -Dense.dot(query, 0, vectors, from, query.length);
        }

        @Override
        double distance(double squaredQuery, double along, float shortest, float longest) {
            return -along * (along > 0 ? longest : shortest);
        }
    };

    /**
     * A number by which vectors are in the order of the metric, the nearest first; NaN is behind all.
     *
     * @param squaredQuery the sum of the squares of {@code query}
     * @param vectors in which the other vector begins at {@code from}
     */
    abstract double distance(float[] query, double squaredQuery, float[] vectors, int from);

    /**
     * The same for the nearest of the vectors that have a common direction.
     *
     * @param along the product of {@code query} with a vector of length 1 of this direction
     * @param shortest the length of the shortest of them
     * @param longest the length of the longest of them
     */
    abstract double distance(double squaredQuery, double along, float shortest, float longest);
}
