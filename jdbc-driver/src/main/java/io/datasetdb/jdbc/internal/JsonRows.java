// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc.internal;

/** Marks result sets whose {@code getString} of an ARRAY, MAP or ROW is JSON, which other drivers' are not. */
public interface JsonRows {}
