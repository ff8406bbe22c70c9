// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.sql.parse.DatasetConformance;
import io.datasetdb.sql.schema.DatasetCatalogReader;
import io.datasetdb.sql.schema.DatasetTypeFactory;
import io.datasetdb.sql.schema.StatementCatalog;
import io.datasetdb.sql.schema.TypeMapping;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import java.util.List;
import java.util.Map;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.ViewExpanders;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql2rel.SqlToRelConverter;

/** Validates queries and converts them to algebra of one cluster: a statement's query, and those of the views in it. */
final class Conversion {
    /**
     * A query as algebra, still with sub-queries inside of expressions.
     *
     * @param names of the columns as their user wrote them
     * @param parameters the types of the {@code ?} in order
     */
    record Converted(RelNode rel, List<String> names, RelDataType parameters) {
        /** With the columns that an assignment says. */
        Converted with(Assignment assignment) {
            RelNode assigned = assignment.assigned(rel, names);
            return new Converted(
                    assigned, assignment.columns().stream().map(Field::name).toList(), parameters);
        }
    }

    private static final SqlToRelConverter.Config CONVERSION = SqlToRelConverter.config()
            .withExpand(false)
            .withTrimUnusedFields(false)
            .withInSubQueryThreshold(Integer.MAX_VALUE)
            // Projections stay apart here: Calcite would copy a call that answers differently each time.
            .withRelBuilderConfigTransform(config -> config.withSimplify(false).withBloat(-1));

    private final SqlOperatorTable functions;
    private final DatasetTypeFactory typeFactory;
    private final RelOptCluster cluster;
    private final Map<Integer, DataType> parameters;

    /** @param parameters types of parameters that do not depend on their places */
    Conversion(
            SqlOperatorTable functions,
            DatasetTypeFactory typeFactory,
            RelOptCluster cluster,
            Map<Integer, DataType> parameters) {
        this.functions = functions;
        this.typeFactory = typeFactory;
        this.cluster = cluster;
        this.parameters = parameters;
    }

    /**
     * Converts a query, which validation changes.
     *
     * @param catalog says what its names mean
     * @param times computes times that are no literals
     */
    Converted convert(StatementCatalog catalog, SqlNode query, SnapshotTime times) {
        return convert(catalog, query, times, new Views(this, functions, catalog));
    }

    /** As {@link #convert(StatementCatalog, SqlNode, SnapshotTime)}, inside of views. */
    Converted convert(StatementCatalog catalog, SqlNode query, SnapshotTime times, Views views) {
        DatasetCatalogReader reader = new DatasetCatalogReader(catalog, views::table, typeFactory);
        DatasetValidator validator = new DatasetValidator(
                SqlOperatorTables.chain(TimeOperators.TABLE, functions, reader),
                reader,
                typeFactory,
                SqlValidator.Config.DEFAULT
                        .withConformance(DatasetConformance.INSTANCE)
                        .withDefaultNullCollation(NullCollation.LAST)
                        .withIdentifierExpansion(true)
                        .withTypeCoercionEnabled(true));
        parameters.forEach((index, type) -> validator.bind(index, TypeMapping.toRelType(typeFactory, type, true)));
        StarNames stars = StarNames.of(query);
        SqlNode validated = Validation.run(
                catalog, query, () -> validator.validate(SyntaxRewriter.rewrite(query, catalog, functions, times)));
        validator.declare(times.parameters());
        RelDataType parameterTypes = validator.getParameterRowType(validated);
        SqlToRelConverter converter = new SqlToRelConverter(
                ViewExpanders.simpleContext(cluster),
                validator,
                reader,
                cluster,
                DatasetConvertlets.INSTANCE,
                CONVERSION);
        RelRoot root = Validation.run(catalog, () -> converter.convertQuery(validated, false, true));
        List<String> names = stars.restore(
                validated, root.fields.stream().map(field -> field.getValue()).toList());
        return new Converted(root.project(), names, parameterTypes);
    }
}
