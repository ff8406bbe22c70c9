// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.call;

/** What functions of others throw, as a part of a sentence. */
public final class Thrown {
    private Thrown() {}

    /** Class and message in one line. */
    public static String text(Throwable thrown) {
        return String.valueOf(thrown).strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
