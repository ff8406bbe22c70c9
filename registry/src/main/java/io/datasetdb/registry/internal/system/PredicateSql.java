// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal.system;

import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.NamePattern;
import io.datasetdb.registry.internal.Sql;
import io.datasetdb.registry.internal.Times;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.Predicate;
import io.datasetdb.vector.DataType;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns as much of a predicate into SQL as can be: rows that match always pass, others may. */
final class PredicateSql {
    private static final int MAX_VALUES = 500;

    /** Databases limit how long a pattern may be. */
    private static final int MAX_PATTERN = 1_000;

    private static final int MAX_ARGUMENTS = 10_000;

    /** Databases limit how deep a condition may be nested, and a list of alternatives counts as nested. */
    private static final int MAX_DEPTH = 100;

    /** Sorts behind every text that begins with what stands before it. */
    private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

    private final List<SystemColumn> columns;
    private final List<@Nullable Object> arguments = new ArrayList<>();
    private int depth;
    private boolean exact = true;

    PredicateSql(List<SystemColumn> columns) {
        this.columns = columns;
    }

    /** What the question marks of the conditions stand for, in their order. */
    List<@Nullable Object> arguments() {
        return arguments;
    }

    /** Whether all that passes the conditions so far matches the predicates. */
    boolean isExact() {
        return exact;
    }

    /** A condition, or empty if there is nothing to be said. */
    Optional<String> condition(Predicate predicate) {
        int before = arguments.size();
        depth++;
        Optional<String> condition = depth > MAX_DEPTH ? Optional.empty() : translate(predicate);
        depth--;
        if (condition.isPresent() && arguments.size() > MAX_ARGUMENTS) {
            condition = Optional.empty();
        }
        if (condition.isEmpty()) {
            exact = false;
            // What was bound before it turned out that the rest cannot be said.
            arguments.subList(before, arguments.size()).clear();
        }
        return condition;
    }

    private Optional<String> translate(Predicate predicate) {
        if (predicate instanceof Predicate.Comparison comparison) {
            return comparison(comparison);
        }
        if (predicate instanceof Predicate.In in) {
            return in(in);
        }
        if (predicate instanceof Predicate.StartsWith startsWith) {
            return startsWith(startsWith);
        }
        if (predicate instanceof Predicate.Like like) {
            return like(like);
        }
        if (predicate instanceof Predicate.IsNull isNull) {
            return comparable(isNull.column()).map(column -> column.filter() + " IS NULL");
        }
        if (predicate instanceof Predicate.IsNotNull isNotNull) {
            return comparable(isNotNull.column()).map(column -> column.where(" IS NOT NULL"));
        }
        if (predicate instanceof Predicate.And and) {
            exact &= and.operands().size() <= MAX_VALUES;
            List<String> operands = and.operands().stream()
                    .limit(MAX_VALUES)
                    .flatMap(operand -> condition(operand).stream())
                    .toList();
            return operands.isEmpty() ? Optional.empty() : Optional.of("(" + String.join(" AND ", operands) + ")");
        }
        if (predicate instanceof Predicate.Or or) {
            if (or.operands().size() > MAX_VALUES) {
                return Optional.empty();
            }
            List<String> operands = or.operands().stream()
                    .flatMap(operand -> condition(operand).stream())
                    .toList();
            boolean all =
                    !operands.isEmpty() && operands.size() == or.operands().size();
            return all ? Optional.of("(" + String.join(" OR ", operands) + ")") : Optional.empty();
        }
        return Optional.empty();
    }

    private Optional<String> comparison(Predicate.Comparison comparison) {
        Optional<SystemColumn> column = comparable(comparison.column());
        if (column.isEmpty() || (column.get().form() == SystemColumn.Form.NAME && !exact(comparison.operator()))) {
            return Optional.empty();
        }
        return argument(column.get(), comparison.value()).map(value -> {
            arguments.add(value);
            String found = column.get().where(operator(comparison.operator()));
            return column.get().form() == SystemColumn.Form.NAME
                    ? spelled(column.get(), found, List.of(comparison.value()))
                    : found;
        });
    }

    /** What was found by the key of a name, and is written as one of the names. */
    private String spelled(SystemColumn column, String found, List<Object> names) {
        arguments.addAll(names);
        return "(" + found + " AND " + column.expression() + " IN (" + Sql.marks(names.size()) + "))";
    }

    /** Names are compared by their keys, which are in another order and may be equal where the names are not. */
    private static boolean exact(Predicate.Operator operator) {
        return operator == Predicate.Operator.EQUAL;
    }

    private static String operator(Predicate.Operator operator) {
        return switch (operator) {
            case EQUAL -> " = ?";
            case NOT_EQUAL -> " <> ?";
            case LESS -> " < ?";
            case LESS_OR_EQUAL -> " <= ?";
            case GREATER -> " > ?";
            case GREATER_OR_EQUAL -> " >= ?";
        };
    }

    private Optional<String> in(Predicate.In in) {
        Optional<SystemColumn> column = comparable(in.column());
        if (column.isEmpty() || in.values().size() > MAX_VALUES) {
            return Optional.empty();
        }
        if (in.values().isEmpty()) {
            return Optional.of("1 = 0");
        }
        for (Object value : in.values()) {
            Optional<Object> argument = argument(column.get(), value);
            if (argument.isEmpty()) {
                return Optional.empty();
            }
            arguments.add(argument.get());
        }
        String found = column.get().where(" IN (" + Sql.marks(in.values().size()) + ")");
        boolean isName = column.get().form() == SystemColumn.Form.NAME;
        return Optional.of(isName ? spelled(column.get(), found, in.values()) : found);
    }

    private Optional<String> startsWith(Predicate.StartsWith startsWith) {
        exact = false;
        return comparable(startsWith.column())
                .flatMap(column -> argument(column, startsWith.prefix()).map(prefix -> {
                    arguments.add(prefix);
                    arguments.add(prefix + LAST);
                    return "(" + column.where(" >= ?") + " AND " + column.where(" <= ?") + ")";
                }));
    }

    /**
     * The database's LIKE takes ASCII letters of either case for each other, so that more may pass. Names are found by their
     * keys, of which what the pattern begins with is looked up in the index.
     */
    private Optional<String> like(Predicate.Like like) {
        exact = false;
        Optional<SystemColumn> column = comparable(like.column())
                .filter(known -> known.field().type().kind() == DataType.Kind.VARCHAR)
                .filter(known -> known.form() == SystemColumn.Form.NAME || !like.ignoreCase());
        if (column.isEmpty()
                || like.pattern().length() > MAX_PATTERN
                || like.pattern().indexOf('\0') >= 0) {
            return Optional.empty();
        }
        SystemColumn known = column.get();
        boolean isName = known.form() == SystemColumn.Form.NAME;
        NamePattern pattern = NamePattern.of(like.pattern());
        String range = "";
        if (isName) {
            arguments.add(pattern.prefix());
            arguments.add(pattern.prefix() + LAST);
            range = known.where(" >= ?") + " AND " + known.where(" <= ?") + " AND ";
        }
        arguments.add(isName ? pattern.like() : like.pattern());
        return Optional.of("(" + range + known.where(" LIKE ? ESCAPE '\\'") + ")");
    }

    private Optional<SystemColumn> comparable(ColumnPath path) {
        if (path.names().size() != 1) {
            return Optional.empty();
        }
        return columns.stream()
                .filter(column -> column.field().name().equals(path.names().get(0)))
                .filter(column -> switch (column.form()) {
                    case PLAIN, NAME, TIME -> true;
                    case LIST, MAP, URI -> false;
                })
                .findFirst();
    }

    /** A value as the database keeps it; empty if it is of a type that the column does not have. */
    private static Optional<Object> argument(SystemColumn column, Object value) {
        return switch (column.form()) {
            case NAME -> value instanceof String text ? Optional.of(DatasetName.key(text)) : Optional.empty();
            case TIME -> value instanceof LocalDateTime time ? Optional.of(Times.micros(time)) : Optional.empty();
            case PLAIN ->
                value instanceof String
                                || value instanceof Long
                                || value instanceof Integer
                                // The database takes NaN for NULL.
                                || (value instanceof Double number && !number.isNaN())
                                || value instanceof Boolean
                        ? Optional.of(value)
                        : Optional.empty();
            case LIST, MAP, URI -> Optional.empty();
        };
    }
}
