// SPDX-License-Identifier: Apache-2.0
/**
 * Behind the registry's public face: the folder ({@link io.datasetdb.registry.internal.Warehouse}), the database
 * ({@link io.datasetdb.registry.internal.Database}, with what differs between databases in
 * {@link io.datasetdb.registry.internal.Dialect}) and one class per noun that holds all SQL text about it. What enters and
 * leaves these classes are rows as records. Start reading at {@link io.datasetdb.registry.internal.VersionCommit}.
 */
@NullMarked
package io.datasetdb.registry.internal;

import org.jspecify.annotations.NullMarked;
