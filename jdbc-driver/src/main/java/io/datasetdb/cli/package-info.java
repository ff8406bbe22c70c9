// SPDX-License-Identifier: Apache-2.0
/**
 * The command line. Every command works through JDBC, so that it works the same on a warehouse and on a server. Start
 * reading at {@link io.datasetdb.cli.Main}.
 */
@NullMarked
package io.datasetdb.cli;

import org.jspecify.annotations.NullMarked;
