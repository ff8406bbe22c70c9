// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.error.NearestName;
import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.RegistryError;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.parse.SqlDeleteDataset;
import io.datasetdb.sql.parse.SqlExplainStatement;
import io.datasetdb.sql.parse.SqlMergeDataset;
import io.datasetdb.sql.parse.SqlUpdateDataset;
import io.datasetdb.sql.parse.StatementParser;
import io.datasetdb.sql.schema.TemporaryTable;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** The statements that change the rows of a dataset. */
public final class Changes {
    private Changes() {}

    /** Whether a node is such a statement. */
    public static boolean include(SqlNode node) {
        return node.isA(SqlKind.DML);
    }

    /** The statement of a node. */
    public static ChangeStatement prepare(StatementContext context, SqlNode node, String sql) {
        Optional<String> temporary = temporary(context, node);
        return temporary.isPresent()
                ? ChangeStatement.ofTemporary(context, sql, TemporaryChange.plan(context, sql, temporary.get()))
                : ChangeStatement.prepare(context, sql, () -> change(context, node, sql));
    }

    /** The plan of a node's statement, to be looked at. */
    public static QueryPlans plans(StatementContext context, SqlNode node, String sql) {
        Optional<String> temporary = temporary(context, node);
        return temporary.isPresent()
                ? TemporaryChange.plan(context, sql, temporary.get()).plans()
                : change(context, node, sql).plans();
    }

    /** How the rows that the statement in a text, or that it explains, adds or changes are planned. */
    static QueryPlans.Planning planning(String sql, DatasetName name) {
        return (names, planner, arguments) -> {
            SqlNode node = parse(sql);
            if (node instanceof SqlInsert insert) {
                return InsertRows.plan(planner, arguments, insert, name, names.target(name));
            }
            ChangeQuery query = ChangeQuery.of(node, name, names.toChange(name).schema());
            return query.plan(planner, arguments);
        };
    }

    /** What a statement changes, as it names it. */
    static @Nullable SqlNode target(SqlNode node) {
        return node instanceof SqlInsert insert
                ? insert.getTargetTable()
                : node instanceof SqlUpdateDataset update
                        ? update.target()
                        : node instanceof SqlDeleteDataset delete
                                ? delete.target()
                                : node instanceof SqlMergeDataset merge ? merge.target() : null;
    }

    /** The temporary dataset that a statement changes. */
    private static Optional<String> temporary(StatementContext context, SqlNode node) {
        SqlNode target = target(node);
        return target instanceof SqlIdentifier name && name.isSimple()
                ? context.session().objects().temporary(name.getSimple()).map(TemporaryTable::displayName)
                : Optional.empty();
    }

    private static ChangeStatement.Change change(StatementContext context, SqlNode node, String sql) {
        if (node instanceof SqlInsert insert) {
            return InsertRows.plan(context, insert, sql);
        }
        if (node instanceof SqlUpdateDataset update) {
            return ChangeRows.plan(context, node, update.target(), sql);
        }
        if (node instanceof SqlDeleteDataset delete) {
            return ChangeRows.plan(context, node, delete.target(), sql);
        }
        if (node instanceof SqlMergeDataset merge) {
            return ChangeRows.plan(context, node, merge.target(), sql);
        }
        throw new DatasetDbException(
                SqlError.UNSUPPORTED, "Cannot run the statement: it is not supported yet (" + node.getKind() + ")");
    }

    /** The statement in a text, or the one that it explains. */
    static SqlNode parse(String sql) {
        SqlNode node = StatementParser.parse(sql);
        return node instanceof SqlExplainStatement explain ? explain.statement() : node;
    }

    /** The dataset that a statement is to change. */
    static DatasetName target(StatementContext context, SqlNode table) {
        if (!(table instanceof SqlIdentifier name)) {
            throw new DatasetDbException(
                    SqlError.UNSUPPORTED, "Cannot change a dataset: this is not its name" + at(table));
        }
        int last = name.names.size() - 1;
        if (last > 0 && name.names.get(last - 1).equalsIgnoreCase(DatasetName.REGISTRY_PROJECT)) {
            throw new DatasetDbException(
                    RegistryError.RESERVED_NAME, "Cannot change the registry: its tables are read-only (" + name + ")");
        }
        if (name.names.get(last).indexOf('@') >= 0) {
            throw new DatasetDbException(
                    SqlError.INVALID_STATEMENT,
                    "Cannot change " + name + ": a version never changes; without its number the name means the"
                            + " dataset, of which a next version is made" + at(name));
        }
        return context.name(name);
    }

    /** The position of a column that a statement names as a whole. */
    static int topLevelColumn(String action, Schema schema, SqlNode column) {
        if (column instanceof SqlIdentifier name && name.isSimple()) {
            return column(action, schema, name);
        }
        throw new DatasetDbException(
                SqlError.INVALID_STATEMENT,
                "Cannot " + action + ": only whole columns have values here (" + column + ")" + at(column));
    }

    /** The positions of the columns that an INSERT lists; all if it lists none. */
    static List<Integer> insertColumns(String action, Schema schema, @Nullable SqlNodeList list) {
        List<Integer> columns = new ArrayList<>();
        if (list == null) {
            for (int i = 0; i < schema.size(); i++) {
                columns.add(i);
            }
            return columns;
        }
        for (SqlNode column : list) {
            int ordinal = topLevelColumn(action, schema, column);
            if (columns.contains(ordinal)) {
                throw twice(action, column);
            }
            columns.add(ordinal);
        }
        return columns;
    }

    /** What the values of an INSERT are counted against. */
    static String counted(Schema schema, List<Integer> columns, @Nullable SqlNodeList list) {
        String names =
                columns.stream().map(column -> schema.field(column).name()).collect(Collectors.joining(", "));
        return (list == null ? "it has " + columns.size() + " columns (" : columns.size() + " columns are listed (")
                + names + ")";
    }

    /** The position of a column that a statement names, or to a part of which it leads. */
    static int column(String action, Schema schema, SqlIdentifier column) {
        String name = column.names.get(0);
        int ordinal = schema.indexOf(name);
        if (ordinal < 0) {
            Optional<String> nearest = NearestName.of(
                    name, schema.fields().stream().map(Field::name).toList());
            throw new DatasetDbException(
                    SqlError.UNDEFINED_COLUMN,
                    "Cannot " + action + ": it has no column " + name
                            + nearest.map(known -> "; did you mean " + known + "?")
                                    .orElse("") + at(column));
        }
        return ordinal;
    }

    /** The error of a column that is named twice. */
    static DatasetDbException twice(String action, SqlNode column) {
        return new DatasetDbException(
                SqlError.DUPLICATE_COLUMN, "Cannot " + action + ": column " + column + " is given twice" + at(column));
    }

    static String at(SqlNode node) {
        SqlParserPos position = node.getParserPosition();
        return " (at line " + position.getLineNum() + ", column " + position.getColumnNum() + ")";
    }
}
