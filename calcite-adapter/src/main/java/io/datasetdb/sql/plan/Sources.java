// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.sql.schema.AggregateFunctionOperator;
import io.datasetdb.sql.schema.BatchTable;
import io.datasetdb.sql.schema.ScalarFunctionOperator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlAggFunction;

/** Every table that an algebra tree scans and every library function that it calls, also inside sub-query expressions. */
final class Sources {
    private final Map<String, BatchTable> tables = new LinkedHashMap<>();
    private final Set<String> functions = new TreeSet<>();

    private Sources() {}

    static Sources of(RelNode rel) {
        Sources sources = new Sources();
        sources.collect(rel);
        return sources;
    }

    List<BatchTable> tables() {
        return new ArrayList<>(tables.values());
    }

    List<String> functions() {
        return List.copyOf(functions);
    }

    private void addAggregate(SqlAggFunction operator) {
        if (operator instanceof AggregateFunctionOperator user) {
            functions.add(user.function().name());
        }
    }

    private void collect(RelNode rel) {
        if (rel instanceof TableScan scan) {
            BatchTable table = scan.getTable().unwrap(BatchTable.class);
            if (table != null) {
                tables.putIfAbsent(table.displayName(), table);
                table.function().ifPresent(functions::add);
            }
        }
        rel.accept(new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery subQuery) {
                collect(subQuery.rel);
                return super.visitSubQuery(subQuery);
            }

            @Override
            public RexNode visitCall(RexCall call) {
                if (call.getOperator() instanceof ScalarFunctionOperator operator) {
                    functions.add(operator.function().name());
                }
                return super.visitCall(call);
            }

            @Override
            public RexNode visitOver(RexOver over) {
                addAggregate(over.getAggOperator());
                return super.visitOver(over);
            }
        });
        if (rel instanceof Aggregate aggregate) {
            aggregate.getAggCallList().forEach(call -> addAggregate(call.getAggregation()));
        }
        rel.getInputs().forEach(this::collect);
    }
}
