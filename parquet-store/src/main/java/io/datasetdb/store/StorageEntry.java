// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store;

import java.time.Instant;

/**
 * A file as a listing sees it.
 *
 * @param source the storage's root: {@code file://} or {@code s3://bucket}
 * @param path the path below the source; for local files the absolute path without its leading slash
 * @param size bytes
 * @param version the object's version in a versioned bucket, else empty
 * @param etag the store's entity tag; for local files one made of modification time and size
 * @param lastModified when the file was last written, to the microsecond where the store knows it
 */
public record StorageEntry(String source, String path, long size, String version, String etag, Instant lastModified) {}
