// SPDX-License-Identifier: Apache-2.0
/**
 * SQL scripts with their results inline, which are the specification: run in process and through the server with each kind of
 * client. Start reading at {@link io.datasetdb.it.script.ScriptTest}.
 */
package io.datasetdb.it.script;
