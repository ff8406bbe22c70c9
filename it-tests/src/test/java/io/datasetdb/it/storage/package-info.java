// SPDX-License-Identifier: Apache-2.0
/** Object storage as users of SQL see it. Start reading at {@link io.datasetdb.it.storage.ObjectStorageTest}. */
package io.datasetdb.it.storage;
