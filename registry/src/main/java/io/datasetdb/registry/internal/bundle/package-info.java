// SPDX-License-Identifier: Apache-2.0
/**
 * Datasets on their way from one warehouse to another. A bundle is a zip file of {@code manifest.json}, which is a
 * {@link io.datasetdb.registry.internal.bundle.Manifest}, and the Parquet files that it names. What enters are rows of the
 * registry's tables, and what leaves is the same rows with other ids. Start reading at
 * {@link io.datasetdb.registry.internal.bundle.Manifest}.
 */
@NullMarked
package io.datasetdb.registry.internal.bundle;

import org.jspecify.annotations.NullMarked;
