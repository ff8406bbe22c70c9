// SPDX-License-Identifier: Apache-2.0
/** Similarity search. */
package io.datasetdb.it.vector;
