// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc;

/** Which release this driver is of; the engine's own number says the same, which a test checks. */
final class Release {
    static final int MAJOR = 0;
    static final int MINOR = 1;
    static final String VERSION = "0.1.0";
    static final String PRODUCT = "DatasetDB";

    private Release() {}
}
