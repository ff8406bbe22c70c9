// SPDX-License-Identifier: Apache-2.0
/**
 * Java records as schemas, both ways: what a class says about columns, values into vectors, vectors into values. Start
 * reading at {@link io.datasetdb.internal.record.RecordShape}.
 */
@NullMarked
package io.datasetdb.internal.record;

import org.jspecify.annotations.NullMarked;
