// SPDX-License-Identifier: Apache-2.0
/**
 * The engine as Avatica's service, used twice: in process by the embedded driver ({@link
 * io.datasetdb.server.ProcessEngines}) and behind HTTP ({@link io.datasetdb.server.DatasetServer}). Requests enter, frames
 * leave. Start reading at {@link io.datasetdb.server.EngineMeta}.
 */
@NullMarked
package io.datasetdb.server;

import org.jspecify.annotations.NullMarked;
