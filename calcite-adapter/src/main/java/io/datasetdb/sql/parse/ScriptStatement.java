// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

/**
 * One statement of a script.
 *
 * @param text the statement as written, with the comments before it, without the semicolon
 * @param line where the text begins in the script, from 1
 * @param column where the text begins in its line, from 1
 */
public record ScriptStatement(String text, int line, int column) {}
