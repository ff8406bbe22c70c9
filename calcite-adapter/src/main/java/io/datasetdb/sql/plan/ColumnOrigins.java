// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.registry.ColumnLineage;
import io.datasetdb.registry.ColumnLineage.Derivation;
import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.Provenance;
import io.datasetdb.registry.VersionRef;
import io.datasetdb.sql.schema.BatchTable;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Collect;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.RepeatUnion;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/**
 * Where the values of a result's columns come from: walks the algebra, as the query was written, from the scans up and keeps,
 * for every column, the stored columns that its values are computed from, and how. What only decides which rows there are
 * (filters, join conditions, EXISTS, grouping, the rows of EXCEPT's right side) is no origin of a value.
 */
final class ColumnOrigins {
    /** Functions over a window whose values tell a row's place in its order. */
    private static final Set<SqlKind> RANKS = EnumSet.of(
            SqlKind.ROW_NUMBER,
            SqlKind.RANK,
            SqlKind.DENSE_RANK,
            SqlKind.PERCENT_RANK,
            SqlKind.CUME_DIST,
            SqlKind.NTILE);

    /** Aggregate functions that say what a row was grouped by, whatever the values. */
    private static final Set<SqlKind> GROUPINGS = EnumSet.of(SqlKind.GROUPING, SqlKind.GROUP_ID, SqlKind.LITERAL_AGG);

    /** A stored column, or a field inside one; without a version it is a column of a file. */
    private record Origin(@Nullable VersionRef version, String column) {}

    /** The origins of one column, each with the strongest thing that happens to it. */
    private static final class Origins extends LinkedHashMap<Origin, Derivation> {
        private static final long serialVersionUID = 1L;

        void add(Map<Origin, Derivation> others, Derivation atLeast) {
            others.forEach(
                    (origin, derivation) -> merge(origin, stronger(derivation, atLeast), ColumnOrigins::stronger));
        }
    }

    /** What columns were computed by, and from what. */
    private record Projected(List<RexNode> expressions, List<Origins> input) {}

    private final Map<CorrelationId, List<Origins>> outer = new HashMap<>();

    /** The projections seen so far, by their columns, which filters and the like hand on. */
    private final Map<List<Origins>, Projected> projected = new IdentityHashMap<>();

    /** What is known so far of the tables by which recursions hand on their rows. */
    private final Map<List<String>, List<Origins>> working = new HashMap<>();

    private ColumnOrigins() {}

    /**
     * The origins of each column.
     *
     * @param query with its sub-queries as expressions
     * @param schema of the result
     */
    static List<ColumnLineage> of(RelNode query, Schema schema) {
        List<Origins> columns = new ColumnOrigins().visit(query);
        List<ColumnLineage> result = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            String column = schema.field(i).name();
            columns.get(i)
                    .forEach((origin, derivation) ->
                            result.add(new ColumnLineage(column, origin.version(), origin.column(), derivation)));
        }
        return result;
    }

    private static Derivation stronger(Derivation left, Derivation right) {
        return left.compareTo(right) >= 0 ? left : right;
    }

    private List<Origins> visit(RelNode rel) {
        if (rel instanceof TableScan scan) {
            return scan(scan);
        }
        if (rel instanceof Project project) {
            List<Origins> input = visit(project.getInput());
            project.getVariablesSet().forEach(variable -> outer.put(variable, input));
            List<Origins> result = new ArrayList<>();
            project.getProjects().forEach(node -> result.add(expression(node, input)));
            projected.put(result, new Projected(project.getProjects(), input));
            return result;
        }
        if (rel instanceof Aggregate aggregate) {
            return aggregate(aggregate);
        }
        if (rel instanceof Join join) {
            return concat(visit(join.getLeft()), visit(join.getRight()), rel);
        }
        if (rel instanceof Correlate correlate) {
            List<Origins> left = visit(correlate.getLeft());
            outer.put(correlate.getCorrelationId(), left);
            return concat(left, visit(correlate.getRight()), rel);
        }
        if (rel instanceof Minus minus) {
            return visit(minus.getInput(0));
        }
        if (rel instanceof SetOp) {
            return union(rel);
        }
        if (rel instanceof RepeatUnion recursion) {
            return recursion(recursion);
        }
        if (rel instanceof Uncollect uncollect) {
            return uncollect(uncollect);
        }
        if (rel instanceof Collect collect) {
            return collected(collect);
        }
        // Filters, sorts and the like hand their columns through.
        boolean hands = rel.getInputs().size() == 1
                && rel.getInput(0).getRowType().getFieldCount()
                        == rel.getRowType().getFieldCount();
        return hands ? visit(rel.getInput(0)) : none(rel);
    }

    private static List<Origins> none(RelNode rel) {
        List<Origins> result = new ArrayList<>();
        rel.getRowType().getFieldList().forEach(field -> result.add(new Origins()));
        return result;
    }

    private List<Origins> scan(TableScan scan) {
        List<Origins> known = working.get(scan.getTable().getQualifiedName());
        if (known != null) {
            return known;
        }
        List<Origins> result = none(scan);
        BatchTable table = scan.getTable().unwrap(BatchTable.class);
        Optional<Provenance> made = Optional.ofNullable(table).flatMap(BatchTable::madeBy);
        if (made.isPresent()) {
            made.get()
                    .columnLineage()
                    .forEach(before -> result.get(
                                    Objects.requireNonNull(table).schema().indexOf(before.column()))
                            .add(
                                    Map.of(new Origin(before.parent(), before.parentColumn()), before.derivation()),
                                    Derivation.IDENTITY));
        } else if (table != null
                && (table.version().isPresent() || !table.inputs().isEmpty())) {
            VersionRef version = table.version().map(DatasetVersion::ref).orElse(null);
            for (int i = 0; i < result.size(); i++) {
                result.get(i).put(new Origin(version, table.schema().field(i).name()), Derivation.IDENTITY);
            }
        }
        return result;
    }

    private List<Origins> aggregate(Aggregate aggregate) {
        List<Origins> input = visit(aggregate.getInput());
        List<Origins> result = new ArrayList<>();
        aggregate.getGroupSet().forEachInt(key -> result.add(input.get(key)));
        for (AggregateCall call : aggregate.getAggCallList()) {
            Origins origins = new Origins();
            if (!GROUPINGS.contains(call.getAggregation().getKind())) {
                call.getArgList().forEach(argument -> origins.add(input.get(argument), Derivation.AGGREGATED));
            }
            result.add(origins);
        }
        return result;
    }

    private static List<Origins> concat(List<Origins> left, List<Origins> right, RelNode rel) {
        List<Origins> result = new ArrayList<>(left);
        result.addAll(right);
        return result.subList(0, rel.getRowType().getFieldCount());
    }

    private List<Origins> union(RelNode rel) {
        List<Origins> result = none(rel);
        rel.getInputs().forEach(input -> addAll(result, visit(input)));
        return result;
    }

    private static void addAll(List<Origins> columns, List<Origins> others) {
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).add(others.get(i), Derivation.IDENTITY);
        }
    }

    /** A step may move values to other columns, so that steps are taken until nothing new comes of it. */
    private List<Origins> recursion(RepeatUnion recursion) {
        List<Origins> result = none(recursion);
        addAll(result, visit(recursion.getSeedRel()));
        RelOptTable table = recursion.getTransientTable();
        if (table == null) {
            return result;
        }
        List<Map<Origin, Derivation>> before;
        do {
            before = result.stream().map(Map::copyOf).toList();
            working.put(table.getQualifiedName(), result);
            addAll(result, visit(recursion.getIterativeRel()));
        } while (!before.equals(result));
        return result;
    }

    /** Elements are parts of their list's values, so every column comes from every list that can have made it. */
    private List<Origins> uncollect(Uncollect uncollect) {
        List<Origins> input = visit(uncollect.getInput());
        List<Origins> result = none(uncollect);
        int elements = result.size() - (uncollect.withOrdinality ? 1 : 0);
        for (int i = 0; i < elements; i++) {
            Origins origins = result.get(i);
            List<Origins> lists = input.size() == elements ? List.of(input.get(i)) : input;
            lists.forEach(column -> origins.add(column, Derivation.TRANSFORMED));
        }
        return result;
    }

    private List<Origins> collected(Collect collect) {
        Origins origins = new Origins();
        visit(collect.getInput()).forEach(column -> origins.add(column, Derivation.AGGREGATED));
        return List.of(origins);
    }

    private Origins expression(RexNode node, List<Origins> input) {
        Origins result = new Origins();
        if (node instanceof RexInputRef reference) {
            result.add(input.get(reference.getIndex()), Derivation.IDENTITY);
        } else if (node instanceof RexFieldAccess access) {
            field(access, input, result);
        } else if (node instanceof RexSubQuery subQuery) {
            subQuery(subQuery, input, result);
        } else if (node instanceof RexOver over) {
            over(over, input, result);
        } else if (node instanceof RexCall call && isSameValue(call)) {
            result.add(expression(call.getOperands().get(0), input), Derivation.IDENTITY);
        } else if (node instanceof RexCall call) {
            call.getOperands().forEach(operand -> result.add(expression(operand, input), Derivation.TRANSFORMED));
        }
        return result;
    }

    /** Whether a call is there for its type's sake only: as the planner puts it where a value may not be NULL any more. */
    private static boolean isSameValue(RexCall call) {
        return call.getKind() == SqlKind.CAST
                && call.getType()
                        .getFullTypeString()
                        .replace(" NOT NULL", "")
                        .equals(call.getOperands()
                                .get(0)
                                .getType()
                                .getFullTypeString()
                                .replace(" NOT NULL", ""));
    }

    private void field(RexFieldAccess access, List<Origins> input, Origins result) {
        int index = access.getField().getIndex();
        RexNode row = access.getReferenceExpr();
        if (row instanceof RexCorrelVariable variable) {
            List<Origins> columns = outer.get(variable.id);
            if (columns != null) {
                result.add(columns.get(index), Derivation.IDENTITY);
            }
        } else if (row instanceof RexCall call && call.getKind() == SqlKind.ROW) {
            result.add(expression(call.getOperands().get(index), input), Derivation.IDENTITY);
        } else if (row instanceof RexInputRef reference && made(reference, input) != null) {
            RexCall made = Objects.requireNonNull(made(reference, input));
            List<Origins> below = Objects.requireNonNull(projected.get(input)).input();
            result.add(expression(made.getOperands().get(index), below), Derivation.IDENTITY);
        } else {
            // Of a stored ROW the field is known; of one made on the way only what it was made from.
            String name = access.getField().getName();
            expression(row, input).forEach((origin, derivation) -> {
                boolean stored = derivation == Derivation.IDENTITY;
                Origin part = stored ? new Origin(origin.version(), origin.column() + "." + name) : origin;
                result.add(Map.of(part, derivation), derivation);
            });
        }
    }

    /** The call that makes a column, if it is one that makes a ROW. */
    private @Nullable RexCall made(RexInputRef column, List<Origins> columns) {
        Projected below = projected.get(columns);
        return below != null
                        && below.expressions().get(column.getIndex()) instanceof RexCall call
                        && call.getKind() == SqlKind.ROW
                ? call
                : null;
    }

    private void over(RexOver over, List<Origins> input, Origins result) {
        over.getOperands().forEach(operand -> result.add(expression(operand, input), Derivation.AGGREGATED));
        if (RANKS.contains(over.getAggOperator().getKind())) {
            over.getWindow()
                    .orderKeys
                    .forEach(key -> result.add(expression(key.getKey(), input), Derivation.AGGREGATED));
        }
    }

    private void subQuery(RexSubQuery subQuery, List<Origins> input, Origins result) {
        Derivation derivation = switch (subQuery.getKind()) {
            case EXISTS, UNIQUE -> null;
            case SCALAR_QUERY -> Derivation.IDENTITY;
            case ARRAY_QUERY_CONSTRUCTOR, MULTISET_QUERY_CONSTRUCTOR, MAP_QUERY_CONSTRUCTOR -> Derivation.AGGREGATED;
            default -> Derivation.TRANSFORMED;
        };
        if (derivation == null) {
            return;
        }
        visit(subQuery.rel).forEach(column -> result.add(column, derivation));
        subQuery.getOperands().forEach(operand -> result.add(expression(operand, input), derivation));
    }
}
