// SPDX-License-Identifier: Apache-2.0
/**
 * From a parsed query to operators: validation and conversion to relational algebra, a few whitelisted rules in stages, then
 * the {@link io.datasetdb.sql.plan.BatchRel} tree, which makes an {@link io.datasetdb.sql.exec.OperatorFactory}. Start
 * reading at {@link io.datasetdb.sql.plan.QueryPlanner}.
 */
@NullMarked
package io.datasetdb.sql.plan;

import org.jspecify.annotations.NullMarked;
