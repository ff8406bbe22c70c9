// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.exec.Optimization;
import io.datasetdb.sql.exec.Settings;
import io.datasetdb.sql.schema.DatasetTypeFactory;
import io.datasetdb.sql.schema.StatementCatalog;
import io.datasetdb.sql.schema.TypeMapping;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.jspecify.annotations.Nullable;

/**
 * Plans one query against one statement's catalog: validate, convert to algebra, remove and decorrelate sub-queries, apply
 * the whitelisted rules in stages, choose operators. One instance a statement; not safe for threads.
 */
public final class QueryPlanner {
    private final StatementCatalog catalog;
    private final SqlOperatorTable functions;
    private final Settings settings;
    private final Map<Integer, DataType> parameters;

    /**
     * @param catalog resolves and pins names
     * @param functions the operators that the statement may call, beside what the catalog knows
     * @param settings what may be used
     */
    public QueryPlanner(StatementCatalog catalog, SqlOperatorTable functions, Settings settings) {
        this(catalog, functions, settings, Map.of());
    }

    /**
     * As the other, where values decide on the types of some parameters.
     *
     * @param parameters these types by the parameters' numbers, counted from 0
     */
    public QueryPlanner(
            StatementCatalog catalog,
            SqlOperatorTable functions,
            Settings settings,
            Map<Integer, DataType> parameters) {
        this.catalog = catalog;
        this.functions = functions;
        this.settings = settings;
        this.parameters = parameters;
    }

    /** Plans a parsed query before the values of its parameters are known. */
    public PlannedQuery plan(SqlNode query) {
        return plan(query, null);
    }

    /**
     * Plans a parsed query, which validation changes: parse anew for another plan.
     *
     * @param arguments values of the parameters, which a plan needs if the version of a dataset depends on them
     */
    public PlannedQuery plan(SqlNode query, @Nullable List<@Nullable Object> arguments) {
        return plan(query, arguments, null);
    }

    /** As {@link #plan(SqlNode, List)}, with the columns that an assignment says. */
    public PlannedQuery plan(
            SqlNode query, @Nullable List<@Nullable Object> arguments, @Nullable Assignment assignment) {
        try {
            SqlNode typed = assignment == null ? query : assignment.typed(query);
            return planDeep(typed, new SnapshotTime(catalog, functions, arguments), assignment);
        } catch (StackOverflowError e) {
            throw new DatasetDbException(SqlError.TOO_COMPLEX, "Cannot plan the statement: it is nested too deeply", e);
        }
    }

    /** The names of the columns of a query, which validation changes. */
    static List<String> columns(
            SqlNode query, StatementCatalog catalog, SqlOperatorTable functions, SnapshotTime times) {
        DatasetTypeFactory typeFactory = new DatasetTypeFactory();
        RelOptCluster cluster = RuleStages.newCluster(new RexBuilder(typeFactory), Settings.ofMachine());
        return new Conversion(functions, typeFactory, cluster, Map.of())
                .convert(catalog, query, times)
                .names();
    }

    private PlannedQuery planDeep(SqlNode query, SnapshotTime times, @Nullable Assignment assignment) {
        DatasetTypeFactory typeFactory = new DatasetTypeFactory();
        RelOptCluster cluster = RuleStages.newCluster(new RexBuilder(typeFactory), settings);
        Conversion conversion = new Conversion(functions, typeFactory, cluster, parameters);
        Conversion.Converted converted = conversion.convert(catalog, query, times);
        Conversion.Converted assigned = assignment == null ? converted : converted.with(assignment);
        return Validation.run(catalog, () -> plan(cluster, assigned));
    }

    private PlannedQuery plan(RelOptCluster cluster, Conversion.Converted query) {
        RelNode converted = query.rel();
        Sources sources = Sources.of(converted);
        RelNode algebra = withoutSubQueries(cluster, converted);
        BatchRel physical = optimise(cluster, algebra);
        BatchImplementor implementor = new BatchImplementor(cluster.getRexBuilder(), false);
        return new PlannedQuery(
                implementor.implement(physical),
                schema(physical.getRowType(), converted, query.names()),
                parameters(query.parameters()),
                sources.tables(),
                catalog.found(),
                sources.functions(),
                converted,
                catalog.params(),
                algebra,
                physical,
                implementor.slotCount());
    }

    private static RelNode withoutSubQueries(RelOptCluster cluster, RelNode converted) {
        RelNode split = SubQueriesUnderWindows.split(converted);
        RelNode joined = RuleStages.uses(split, Optimization.SEMI_JOINS) ? SemiJoins.apply(split) : split;
        return Decorrelation.apply(cluster, OuterFields.apply(RuleStages.SUB_QUERIES.apply(joined)));
    }

    private static BatchRel optimise(RelOptCluster cluster, RelNode algebra) {
        RelNode rel = RuleStages.REWRITE.apply(algebra);
        rel = RuleStages.uses(rel, Optimization.JOIN_ORDER) ? JoinOrder.apply(rel) : rel;
        rel = RuleStages.trim(cluster, rel);
        rel = RuleStages.CLEAN_UP.apply(rel);
        rel = RuleStages.uses(rel, Optimization.STORED_ANSWERS) ? StoredAnswers.apply(rel) : rel;
        rel = RuleStages.uses(rel, Optimization.COMPUTED_KEYS) ? ComputedKeys.apply(rel) : rel;
        rel = RuleStages.uses(rel, Optimization.GROUP_REDUCTION) ? GroupReduction.apply(rel) : rel;
        rel = RuleStages.uses(rel, Optimization.COMMON_SUB_PLANS) ? CommonSubPlans.share(rel) : rel;
        rel = RuleStages.uses(rel, Optimization.COLUMN_PRUNING) ? ColumnPruning.apply(rel) : rel;
        return BatchRules.convert(rel);
    }

    /** Types from the plan, nullability from the algebra (rules may lose it), names from the query. */
    private static Schema schema(RelDataType physical, RelNode converted, List<String> names) {
        RelDataType logical = converted.getRowType();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            RelDataTypeField field = physical.getFieldList().get(i);
            boolean nullable = logical.getFieldList().get(i).getType().isNullable();
            fields.add(new Field(names.get(i), TypeMapping.toDataType(field.getType()), nullable));
        }
        return new Schema(fields);
    }

    private static List<Field> parameters(RelDataType type) {
        List<Field> result = new ArrayList<>();
        for (RelDataTypeField field : type.getFieldList()) {
            // As the provenance of a deposit calls them.
            result.add(new Field("?" + (result.size() + 1), TypeMapping.toDataType(field.getType()), true));
        }
        return result;
    }
}
