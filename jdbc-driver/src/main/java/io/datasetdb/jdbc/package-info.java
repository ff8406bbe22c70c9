// SPDX-License-Identifier: Apache-2.0
/**
 * The JDBC driver. {@code jdbc:datasetdb:DIR} opens a warehouse in this process, {@code jdbc:datasetdb://host:port/} talks to
 * a server; everything behind {@link io.datasetdb.jdbc.Driver#connect} is the same for both. Imports neither Calcite nor
 * the engine, so that the thin driver can be cut out. Start reading at {@link io.datasetdb.jdbc.Driver}.
 */
@NullMarked
package io.datasetdb.jdbc;

import org.jspecify.annotations.NullMarked;
