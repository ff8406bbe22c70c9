// SPDX-License-Identifier: Apache-2.0
/**
 * How the driver and whoever serves it talk: Avatica's messages whose frames carry {@link
 * io.datasetdb.jdbc.internal.Packet}s (whole batches) instead of rows, sent through a {@link
 * io.datasetdb.jdbc.internal.Transport} that is a method call in process and HTTP otherwise. Start reading at {@link
 * io.datasetdb.jdbc.internal.ClientMeta}.
 */
@NullMarked
package io.datasetdb.jdbc.internal;

import org.jspecify.annotations.NullMarked;
