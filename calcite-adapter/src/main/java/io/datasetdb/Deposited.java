// SPDX-License-Identifier: Apache-2.0
package io.datasetdb;

/**
 * What a deposit made.
 *
 * @param dataset {@code namespace.project.name}
 * @param version its version: {@code 1.0.0}
 * @param rows of the version
 * @param bytes that were written
 * @param milliseconds that it took
 */
public record Deposited(String dataset, String version, long rows, long bytes, long milliseconds) {
    /** {@code namespace.project.name@version}, as {@link DatasetDb#dataset} and {@link DatasetDb#read} take it. */
    public String name() {
        return dataset + "@" + version;
    }
}
