// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One SELECT in the making. An operation becomes a clause of it as long as SQL would apply the clause at that point, else
 * the SELECT becomes the input of the next one. Immutable.
 *
 * @param from what is read
 * @param whole the query itself, as long as nothing was added to it; {@code null} if what is read is a name
 * @param columns the select list, {@code null} for all columns
 * @param conditions all of which rows must meet
 * @param order the ORDER BY list, {@code null} for none
 * @param limit the most rows to yield
 * @param offset rows to leave out first
 */
public record Block(
        SqlText from,
        @Nullable SqlText whole,
        @Nullable SqlText columns,
        List<SqlText> conditions,
        @Nullable String order,
        OptionalLong limit,
        long offset) {
    /** An item of an ORDER BY list that is a number, and so means a column by its place. */
    private static final Pattern POSITION =
            Pattern.compile("(^|,)\\s*\\d+\\s*(,|$|\\b(ASC|DESC|NULLS)\\b)", Pattern.CASE_INSENSITIVE);

    /** All rows of something that may stand behind FROM. */
    public static Block of(SqlText from) {
        return new Block(from, null, null, List.of(), null, OptionalLong.empty(), 0);
    }

    /** All rows of a query. */
    public static Block ofQuery(SqlText query) {
        return new Block(query.parenthesized(), query, null, List.of(), null, OptionalLong.empty(), 0);
    }

    /** All rows of a query in its order, which SQL would drop inside of another query: a limit keeps it. */
    public static Block ofOrderedQuery(SqlText query) {
        SqlText kept = query.and(lineEnd(query.text()) + " LIMIT " + Long.MAX_VALUE);
        return new Block(kept.parenthesized(), query, null, List.of(), null, OptionalLong.empty(), 0);
    }

    private boolean isCut() {
        return limit.isPresent() || offset > 0;
    }

    private boolean isUnchanged() {
        return columns == null && conditions.isEmpty() && order == null && !isCut();
    }

    /** Only rows that meet a condition. */
    public Block where(SqlText condition) {
        if (columns != null || isCut()) {
            return of(asInput()).where(condition);
        }
        List<SqlText> all = new ArrayList<>(conditions);
        all.add(condition);
        return new Block(from, null, null, List.copyOf(all), order, limit, offset);
    }

    /**
     * Other columns.
     *
     * @param list the select list
     * @param plain whether it is a choice of columns that keep their names
     */
    public Block select(SqlText list, boolean plain) {
        if (columns != null
                || isCut()
                || order != null && (!plain || POSITION.matcher(order).find())) {
            return of(asInput()).select(list, plain);
        }
        return new Block(from, null, list, conditions, order, limit, offset);
    }

    /** Another order; the one before no longer counts. */
    public Block orderBy(String list) {
        if (columns != null || isCut()) {
            return of(asInput()).orderBy(list);
        }
        return new Block(from, null, null, conditions, list, limit, offset);
    }

    /** One row a group; an order of what is grouped means nothing. */
    public Block group(SqlText list, String keys) {
        Block base = columns != null || isCut() ? of(asInput()) : this;
        Block grouped = new Block(base.from, null, list, base.conditions, null, OptionalLong.empty(), 0);
        return ofQuery(keys.isEmpty() ? grouped.query() : grouped.query().and(" GROUP BY " + keys));
    }

    /** At most so many of the rows so far. */
    public Block limit(long rows) {
        long least = Math.min(rows, limit.orElse(Long.MAX_VALUE));
        return new Block(from, null, columns, conditions, order, OptionalLong.of(least), offset);
    }

    /** Not the first ones of the rows so far. */
    public Block offset(long rows) {
        OptionalLong left =
                limit.isPresent() ? OptionalLong.of(Math.max(0, limit.getAsLong() - rows)) : OptionalLong.empty();
        return new Block(from, null, columns, conditions, order, left, Math.addExact(offset, rows));
    }

    /** What may stand behind FROM. An order that was asked for is kept: without a limit SQL would drop it in there. */
    public SqlText asInput() {
        if (isUnchanged()) {
            return from;
        }
        Block kept = order != null && limit.isEmpty() ? limit(Long.MAX_VALUE) : this;
        return kept.query().parenthesized();
    }

    /** The same query, which calls a function by another name. */
    Block renamed(String function, String newName) {
        return new Block(
                from.renamed(function, newName),
                whole == null ? null : whole.renamed(function, newName),
                columns == null ? null : columns.renamed(function, newName),
                conditions.stream().map(text -> text.renamed(function, newName)).toList(),
                order == null
                        ? null
                        : SqlText.of(order).renamed(function, newName).text(),
                limit,
                offset);
    }

    /** The whole query. */
    public SqlText query() {
        if (whole != null) {
            return whole;
        }
        SqlText text = SqlText.of("SELECT ").and(columns == null ? SqlText.of("*") : columns);
        text = text.and(" FROM ").and(from);
        String separator = " WHERE ";
        for (SqlText condition : conditions) {
            text = text.and(separator).and(conditions.size() == 1 ? alone(condition) : condition.parenthesized());
            separator = " AND ";
        }
        if (order != null) {
            text = text.and(" ORDER BY " + order + lineEnd(order));
        }
        if (limit.isPresent()) {
            text = text.and(" LIMIT " + limit.getAsLong());
        }
        return offset == 0 ? text : text.and(" OFFSET " + offset);
    }

    private static SqlText alone(SqlText condition) {
        return condition.and(lineEnd(condition.text()));
    }

    private static String lineEnd(String text) {
        return text.contains("--") ? "\n" : "";
    }

    /** Items of a select list, of which those that are just names are quoted. */
    public static String items(List<String> items) {
        return items.stream()
                .map(item -> Names.isName(item) ? Names.quoted(item.strip()) : item + lineEnd(item))
                .collect(Collectors.joining(", "));
    }

    /** Whether items are names only. */
    public static boolean isPlain(List<String> items) {
        return items.stream().allMatch(Names::isName);
    }
}
