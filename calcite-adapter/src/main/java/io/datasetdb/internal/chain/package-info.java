// SPDX-License-Identifier: Apache-2.0
/**
 * Chains as SQL: text with its arguments goes in, a longer text comes out. Start reading at {@link
 * io.datasetdb.internal.chain.Block}.
 */
@NullMarked
package io.datasetdb.internal.chain;

import org.jspecify.annotations.NullMarked;
