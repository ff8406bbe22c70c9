// SPDX-License-Identifier: Apache-2.0
/**
 * The table functions of the registry schema: what enters is the name of a version, what leaves are rows, made when they are
 * read. A new one is one class and one line in {@link io.datasetdb.sql.system.RegistryFunctions}, where reading starts.
 */
@NullMarked
package io.datasetdb.sql.system;

import org.jspecify.annotations.NullMarked;
