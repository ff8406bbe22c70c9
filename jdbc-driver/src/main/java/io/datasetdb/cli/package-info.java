// SPDX-License-Identifier: Apache-2.0
/**
 * The command line. Commands that run SQL go through JDBC; those about the registry ask it directly where it is a folder, so
 * that they need not wait for an SQL engine, and through JDBC where it is a server
 * ({@link io.datasetdb.cli.Catalog}); those about files need the folder. Start
 * reading at {@link io.datasetdb.cli.Main}.
 */
@NullMarked
package io.datasetdb.cli;

import org.jspecify.annotations.NullMarked;
