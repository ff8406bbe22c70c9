// SPDX-License-Identifier: Apache-2.0
/**
 * Where bytes live: local files through NIO, everything else through Hadoop's FileSystem. What enters is a location as a
 * user or the registry wrote it; what leaves are bytes, listings, or one exception that names the location. Start reading
 * at {@link io.datasetdb.store.internal.WarehouseStorage}.
 */
@NullMarked
package io.datasetdb.store.internal;

import org.jspecify.annotations.NullMarked;
