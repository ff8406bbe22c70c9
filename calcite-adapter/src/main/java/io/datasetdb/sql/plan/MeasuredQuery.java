// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

/**
 * A plan whose steps keep account of what they do.
 *
 * @param plan to be run
 * @param tree the steps, for reading what came of it
 */
public record MeasuredQuery(PlannedQuery plan, PlanStep tree) {}
