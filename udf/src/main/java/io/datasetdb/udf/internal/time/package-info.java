// SPDX-License-Identifier: Apache-2.0
/**
 * Times as texts by the format languages of other systems. What enters are a format and a time or a text, what leaves is the
 * other; nothing here knows of vectors.
 */
@NullMarked
package io.datasetdb.udf.internal.time;

import org.jspecify.annotations.NullMarked;
