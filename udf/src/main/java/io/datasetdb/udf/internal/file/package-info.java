// SPDX-License-Identifier: Apache-2.0
/**
 * Where files are: what enters is a location or glob as a user writes it, what leaves is a sorted list of files, or the
 * decompressed bytes of one. Start reading at {@link io.datasetdb.udf.internal.file.FileSet}.
 */
@NullMarked
package io.datasetdb.udf.internal.file;

import org.jspecify.annotations.NullMarked;
