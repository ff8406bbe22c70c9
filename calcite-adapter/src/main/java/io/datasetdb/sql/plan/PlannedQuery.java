// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.registry.ColumnLineage;
import io.datasetdb.registry.Param;
import io.datasetdb.sql.exec.OperatorFactory;
import io.datasetdb.sql.schema.BatchTable;
import io.datasetdb.sql.schema.StatementCatalog;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;

/**
 * A query that is ready to run, any number of times.
 *
 * @param root the first operator
 * @param schema the columns of the result
 * @param parameters the {@code ?} in order
 * @param sources every table it reads, wherever in the query, each once
 * @param found what the names and calls of table functions in it meant
 * @param functions the library's functions that it calls, each once
 * @param query the relational algebra as the query was written, with sub-queries as expressions
 * @param params the parameters of the session that it uses
 * @param algebra the relational algebra without sub-query expressions, before any other rewriting
 * @param physical the tree behind {@code root}, for EXPLAIN
 * @param correlationSlots how many correlation slots a run must have
 */
public record PlannedQuery(
        OperatorFactory root,
        Schema schema,
        List<Field> parameters,
        List<BatchTable> sources,
        StatementCatalog.Found found,
        List<String> functions,
        RelNode query,
        List<Param> params,
        RelNode algebra,
        BatchRel physical,
        int correlationSlots) {
    /** The steps, for reading. */
    public PlanStep tree() {
        return PlanStep.of(physical, Map.of());
    }

    /** The same plan, whose steps keep account of what they do. */
    public MeasuredQuery measured() {
        BatchImplementor implementor =
                new BatchImplementor(physical.getCluster().getRexBuilder(), true);
        OperatorFactory measuring = implementor.implement(physical);
        PlannedQuery plan = new PlannedQuery(
                measuring,
                schema,
                parameters,
                sources,
                found,
                functions,
                query,
                params,
                algebra,
                physical,
                implementor.slotCount());
        return new MeasuredQuery(plan, PlanStep.of(physical, implementor.measured()));
    }

    /** The same plan under another first operator, which passes its rows on. */
    public PlannedQuery under(OperatorFactory newRoot) {
        return new PlannedQuery(
                newRoot,
                schema,
                parameters,
                sources,
                found,
                functions,
                query,
                params,
                algebra,
                physical,
                correlationSlots);
    }

    /** Where the values of each result column come from. */
    public List<ColumnLineage> columnLineage() {
        return ColumnOrigins.of(query, schema);
    }
}
