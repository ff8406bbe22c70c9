// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.schema.TypeMapping;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlNode;

/**
 * Makes the columns of a query those of a dataset. What may be assigned to what is as in PostgreSQL: numbers to numbers,
 * dates and times to what has room for them or a part of them, everything to VARCHAR; string literals and parameters take
 * the type of the column; nested types element by element.
 *
 * @param action what is being done, as a sentence after "Cannot" says it
 * @param columns of the result; those that no column of the query goes to are NULL
 * @param targets says which column of the query goes where
 */
public record Assignment(String action, List<Field> columns, Targets targets) {
    /** Which column of the result each column of a query goes to. */
    public sealed interface Targets {}

    /**
     * By where they stand.
     *
     * @param targets for each column of the query, the position of the column that it goes to
     * @param counted what the query's columns are counted against, for the error of a wrong number
     * @param place of the query in the statement, which ends that error
     */
    public record ByPosition(List<Integer> targets, String counted, String place) implements Targets {
        public ByPosition {
            targets = List.copyOf(targets);
        }
    }

    /**
     * By their names.
     *
     * @param positions of the columns that columns of the query with these names go to; fails if there is none, or one twice
     */
    public record ByName(Function<List<String>, List<Integer>> positions) implements Targets {}

    public Assignment {
        columns = List.copyOf(columns);
    }

    /** Every column of the result comes from the query's column at its position. */
    public static Assignment all(String action, List<Field> columns) {
        List<Integer> targets = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            targets.add(i);
        }
        return new Assignment(action, columns, new ByPosition(targets, columns.size() + " columns are wanted", ""));
    }

    /** The parsed query, in which literals and parameters that become values of a column have its type. */
    SqlNode typed(SqlNode query) {
        List<Integer> known;
        if (targets instanceof ByName named) {
            known = named.positions().apply(AssignedValues.names(query));
        } else {
            known = ((ByPosition) targets).targets();
        }
        return AssignedValues.typed(query, known.stream().map(columns::get).toList());
    }

    /**
     * The query with the columns of the result.
     *
     * @param names of the query's columns
     */
    RelNode assigned(RelNode query, List<String> names) {
        RexBuilder rexBuilder = query.getCluster().getRexBuilder();
        RelDataTypeFactory factory = query.getCluster().getTypeFactory();
        List<Integer> positions = positions(names);
        List<RexNode> values = new ArrayList<>();
        for (Field column : columns) {
            int source = positions.indexOf(values.size());
            values.add(
                    source < 0
                            ? rexBuilder.makeNullLiteral(TypeMapping.toRelType(factory, column.type(), true))
                            : value(rexBuilder, RexInputRef.of(source, query.getRowType()), column));
        }
        List<String> assigned = columns.stream().map(Field::name).toList();
        return LogicalProject.create(query, List.of(), values, assigned, Set.of());
    }

    private List<Integer> positions(List<String> names) {
        if (targets instanceof ByName named) {
            return named.positions().apply(names);
        }
        ByPosition byPosition = (ByPosition) targets;
        if (names.size() != byPosition.targets().size()) {
            throw new DatasetDbException(
                    SqlError.INVALID_STATEMENT,
                    "Cannot " + action + ": " + byPosition.counted() + " and the query has " + names.size()
                            + byPosition.place());
        }
        return byPosition.targets();
    }

    private RexNode value(RexBuilder rexBuilder, RexInputRef source, Field column) {
        DataType type = TypeMapping.toDataType(source.getType());
        if (TypeMapping.nullableInside(type).equals(TypeMapping.nullableInside(column.type()))) {
            return source;
        }
        if (!isAssignable(type, column.type())) {
            throw new DatasetDbException(
                    SqlError.TYPE_MISMATCH,
                    "Cannot " + action + ": column " + column.name() + " is "
                            + column.type().sql() + " and its value is " + type.sql());
        }
        RelDataType wanted = TypeMapping.toRelType(
                rexBuilder.getTypeFactory(), column.type(), source.getType().isNullable());
        return rexBuilder.makeAbstractCast(wanted, source, false);
    }

    private static boolean isAssignable(DataType from, DataType to) {
        if (from.equals(to) || from.kind() == DataType.Kind.NULL) {
            return true;
        }
        return switch (to.kind()) {
            case TINYINT, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, DECIMAL -> isNumeric(from);
            case VARCHAR -> true;
            case DATE, TIMESTAMP, TIMESTAMP_LTZ -> isDate(from);
            case TIME -> from.kind() == DataType.Kind.TIMESTAMP || from.kind() == DataType.Kind.TIMESTAMP_LTZ;
            case ARRAY ->
                from instanceof DataType.Array list && isAssignable(list.element(), ((DataType.Array) to).element());
            case MAP ->
                from instanceof DataType.Map map
                        && isAssignable(map.key(), ((DataType.Map) to).key())
                        && isAssignable(map.value(), ((DataType.Map) to).value());
            case ROW -> from instanceof DataType.Row row && areAssignable(row.fields(), ((DataType.Row) to).fields());
            case BOOLEAN, VARBINARY, UUID, INTERVAL_MONTH, INTERVAL_DAY, NULL -> false;
        };
    }

    private static boolean areAssignable(List<Field> from, List<Field> to) {
        if (from.size() != to.size()) {
            return false;
        }
        for (int i = 0; i < from.size(); i++) {
            if (!isAssignable(from.get(i).type(), to.get(i).type())) {
                return false;
            }
        }
        return true;
    }

    static boolean isNumeric(DataType type) {
        return switch (type.kind()) {
            case TINYINT, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, DECIMAL -> true;
            case BOOLEAN,
                    VARCHAR,
                    VARBINARY,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    TIMESTAMP_LTZ,
                    UUID,
                    INTERVAL_MONTH,
                    INTERVAL_DAY,
                    ARRAY,
                    MAP,
                    ROW,
                    NULL -> false;
        };
    }

    private static boolean isDate(DataType type) {
        DataType.Kind kind = type.kind();
        return kind == DataType.Kind.DATE || kind == DataType.Kind.TIMESTAMP || kind == DataType.Kind.TIMESTAMP_LTZ;
    }
}
