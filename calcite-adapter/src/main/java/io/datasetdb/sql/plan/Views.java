// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.RegistryError;
import io.datasetdb.registry.View;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.parse.StatementParser;
import io.datasetdb.sql.schema.StatementCatalog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The views that one statement reads, each replaced by the algebra of its query, so that planning and lineage see what is
 * behind them. An error inside a view names it.
 */
final class Views {
    private static final Pattern PLACE = Pattern.compile("\\(at line (\\d+), column (\\d+)\\)");

    private final Conversion conversion;
    private final SqlOperatorTable functions;
    private final StatementCatalog catalog;
    private final List<DatasetName> outer;
    private final Map<DatasetName, Table> tables = new HashMap<>();

    Views(Conversion conversion, SqlOperatorTable functions, StatementCatalog catalog) {
        this(conversion, functions, catalog, List.of());
    }

    private Views(
            Conversion conversion, SqlOperatorTable functions, StatementCatalog catalog, List<DatasetName> outer) {
        this.conversion = conversion;
        this.functions = functions;
        this.catalog = catalog;
        this.outer = outer;
    }

    /** The table that stands for a view. */
    Table table(View view) {
        Table known = tables.get(view.name());
        if (known == null) {
            known = new ViewTable(view);
            tables.put(view.name(), known);
        }
        return known;
    }

    private RelNode expand(View view) {
        List<DatasetName> path = new ArrayList<>(outer);
        path.add(view.name());
        if (outer.contains(view.name())) {
            throw new DatasetDbException(
                    RegistryError.WRONG_OBJECT,
                    "Cannot read view " + view.name() + ": it reads itself ("
                            + path.stream().map(DatasetName::toString).collect(Collectors.joining(" → ")) + ")");
        }
        try {
            StatementCatalog names = catalog.of(view);
            Conversion.Converted converted = conversion.convert(
                    names,
                    StatementParser.parse(view.query()),
                    new SnapshotTime(names, functions, List.of()),
                    new Views(conversion, functions, names, path));
            return PlaceInView.mark(renamed(view, converted), view.name());
        } catch (DatasetDbException e) {
            throw inside(view, e);
        }
    }

    private static RelNode renamed(View view, Conversion.Converted converted) {
        List<String> columns = view.columns().isEmpty() ? converted.names() : view.columns();
        int count = converted.rel().getRowType().getFieldCount();
        if (columns.size() != count) {
            throw new DatasetDbException(
                    SqlError.INVALID_DEFINITION,
                    "Cannot name its columns: it names " + columns.size() + ", its query has others (" + count + ")");
        }
        RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(converted.rel().getCluster(), null);
        return builder.push(converted.rel())
                .project(builder.fields(), columns, true)
                .build();
    }

    /** The error of a view's query as an error of the view; the views around it are told too, as they hand it on. */
    private static DatasetDbException inside(View view, DatasetDbException e) {
        String message = String.valueOf(e.getMessage());
        if (message.startsWith("Cannot read view ")) {
            return e;
        }
        String reason = Character.toLowerCase(message.charAt(0)) + message.substring(1);
        String placed = PLACE.matcher(reason).replaceAll("(at line $1, column $2 of its query)");
        return new DatasetDbException(e.code(), "Cannot read view " + view.name() + ": " + placed, e);
    }

    /** A view as the validator and the converter see it. */
    private final class ViewTable extends AbstractTable implements TranslatableTable {
        private final View view;
        private @Nullable RelDataType rowType;

        /** The first use of it as algebra; another use gets its own, because a tree's variables are its own. */
        private @Nullable RelNode unused;

        ViewTable(View view) {
            this.view = view;
        }

        @Override
        public RelDataType getRowType(RelDataTypeFactory typeFactory) {
            if (rowType == null) {
                RelNode expanded = expand(view);
                rowType = expanded.getRowType();
                unused = expanded;
            }
            return rowType;
        }

        @Override
        public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable table) {
            RelNode first = unused;
            unused = null;
            return first == null ? expand(view) : first;
        }
    }
}
