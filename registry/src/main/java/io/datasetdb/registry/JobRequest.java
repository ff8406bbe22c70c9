// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import org.jspecify.annotations.Nullable;

/** What is about to run. */
public record JobRequest(
        @Nullable String statement, String author, @Nullable String client) {}
