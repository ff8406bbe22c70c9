// SPDX-License-Identifier: Apache-2.0
/**
 * A warehouse from a Java program: {@link io.datasetdb.DatasetDb} opens it, {@link io.datasetdb.Chain} is a query that is put
 * together call by call, records are schemas. This package is the public API of embedded use; it lies at the root because
 * programs name it first. Start reading at {@link io.datasetdb.DatasetDb}.
 */
@NullMarked
package io.datasetdb;

import org.jspecify.annotations.NullMarked;
