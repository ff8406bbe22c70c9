// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.Predicate;
import io.datasetdb.store.Scan;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A scan of a table, whose columns are called c0, c1 …, in splits of which it leaves out all that it may. */
final class TableScan implements Scan {
    private record Part(int number, long rowCount) implements Split {}

    private final Table table;
    private final int splits;

    TableScan(Table table, int splits) {
        this.table = table;
        this.splits = splits;
    }

    @Override
    public Schema schema() {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < table.types().size(); i++) {
            fields.add(Field.of("c" + i, table.types().get(i)));
        }
        return new Schema(fields);
    }

    @Override
    public List<Split> splits() {
        return IntStream.range(0, splits)
                .<Split>mapToObj(i -> new Part(i, rows(i).size()))
                .toList();
    }

    private List<List<Object>> rows(int split) {
        int size = table.rows().size();
        return table.rows().subList(size * split / splits, size * (split + 1) / splits);
    }

    @Override
    public BatchSource open(Split split) {
        int number = ((Part) split).number();
        return new TableSource(new Table(table.types(), rows(number)), number, 1000).create(Runs.run());
    }

    @Override
    public boolean mayMatch(Split split, Predicate predicate) {
        return rows(((Part) split).number()).stream().anyMatch(row -> matches(row, predicate));
    }

    private boolean matches(List<Object> row, Predicate predicate) {
        if (predicate instanceof Predicate.And and) {
            return and.operands().stream().allMatch(operand -> matches(row, operand));
        }
        if (predicate instanceof Predicate.Or or) {
            return or.operands().stream().anyMatch(operand -> matches(row, operand));
        }
        if (predicate instanceof Predicate.IsNull isNull) {
            return value(row, isNull.column()) == null;
        }
        if (predicate instanceof Predicate.In in) {
            Object value = value(row, in.column());
            return value != null && in.values().stream().anyMatch(wanted -> compare(value, wanted) == 0);
        }
        Predicate.Comparison comparison = (Predicate.Comparison) predicate;
        Object value = value(row, comparison.column());
        if (value == null) {
            return false;
        }
        int order = compare(value, comparison.value());
        return switch (comparison.operator()) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
        };
    }

    private Object value(List<Object> row, ColumnPath column) {
        return row.get(schema().indexOf(column.toString()));
    }

    @SuppressWarnings("unchecked")
    private static int compare(Object left, Object right) {
        return left instanceof Double number
                ? Double.compare(number + 0.0, (Double) right + 0.0)
                : ((Comparable<Object>) left).compareTo(right);
    }
}
