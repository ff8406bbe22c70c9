// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;

/**
 * Calcite's split of a projection into windows and the rest fails where one of the expressions is a sub-query. So the
 * sub-queries of such a projection are computed by one below it, of which the windows see columns.
 */
final class SubQueriesUnderWindows extends RelHomogeneousShuttle {
    private SubQueriesUnderWindows() {}

    static RelNode split(RelNode rel) {
        return rel.accept(new SubQueriesUnderWindows());
    }

    @Override
    public RelNode visit(RelNode other) {
        RelNode below = super.visit(other).accept(new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery subQuery) {
                RexSubQuery inner = (RexSubQuery) super.visitSubQuery(subQuery);
                RelNode rel = split(inner.rel);
                return rel == inner.rel ? inner : inner.clone(rel);
            }
        });
        return below instanceof LogicalProject project
                        && project.containsOver()
                        && RexUtil.SubQueryFinder.containsSubQuery(project)
                ? split(project)
                : below;
    }

    private static RelNode split(LogicalProject project) {
        RexBuilder builder = project.getCluster().getRexBuilder();
        RelNode input = project.getInput();
        List<RexNode> columns = new ArrayList<>(builder.identityProjects(input.getRowType()));
        Map<RexSubQuery, RexNode> values = new LinkedHashMap<>();
        RexShuttle replacing = new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery subQuery) {
                return values.computeIfAbsent(subQuery, missing -> {
                    columns.add(missing);
                    return new RexInputRef(columns.size() - 1, missing.getType());
                });
            }
        };
        List<RexNode> above = replacing.visitList(project.getProjects());
        Project below =
                LogicalProject.create(input, List.of(), columns, (List<String>) null, project.getVariablesSet());
        return LogicalProject.create(below, project.getHints(), above, project.getRowType(), Set.of());
    }
}
