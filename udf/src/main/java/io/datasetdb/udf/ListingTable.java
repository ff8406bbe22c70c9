// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf;

/** The files of a folder or bucket as a table that is worth keeping: the engine deposits it under its fingerprint. */
public interface ListingTable extends BoundTable {
    /** The normalised absolute glob that was listed, e.g. {@code file:///data/photos/**}. */
    String location();

    /** The same for the same set of files (path, size, version, entity tag), in whatever order they were found. */
    String fingerprint();
}
