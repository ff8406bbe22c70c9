// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.parse.SampleClause;
import io.datasetdb.sql.parse.Shorthands;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * Samples of tables: a percentage keeps each row by chance, a number of rows keeps the first of a random order. With a seed
 * the hash of the row's number decides instead of chance, so that the same rows of the same versions are kept again.
 */
final class SampleSyntax {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal HASHES = new BigDecimal(BigInteger.ONE.shiftLeft(Long.SIZE));

    private SampleSyntax() {}

    /** Whether it is a table of which a sample is read. */
    static boolean matches(SqlNode node) {
        return node instanceof SqlCall call && call.getOperator().equals(Shorthands.SAMPLE);
    }

    /** A table with TABLESAMPLE as a query of its rows that has its name. */
    static SqlNode table(SqlCall sample, SqlNode table) {
        SqlParserPos position = sample.getParserPosition();
        SqlSelect rows = select(table, position);
        SqlNode sampled = apply(rows, sample);
        SqlIdentifier name = name(table);
        return name == null ? sampled : SqlStdOperatorTable.AS.createCall(position, sampled, name);
    }

    /**
     * Replaces USING SAMPLE in place.
     *
     * @param named gives a table that is not yet written as Calcite wants it its form and name
     */
    static void rewrite(SqlSelect select, UnaryOperator<SqlNode> named) {
        if (!(select.getFrom() instanceof SqlCall sample)
                || !sample.getOperator().equals(Shorthands.USING_SAMPLE)) {
            return;
        }
        SqlNode from = sample.operand(0);
        boolean byChance = size(sample).getOperator().equals(SampleClause.PERCENT) && seed(sample) == null;
        if (byChance) {
            select.setFrom(from);
            SqlNode chance = chance(sample);
            SqlNode where = select.getWhere();
            select.setWhere(
                    where == null
                            ? chance
                            : SqlStdOperatorTable.AND.createCall(where.getParserPosition(), chance, where));
        } else if (from instanceof SqlJoin) {
            SqlParserPos position = sample.getParserPosition();
            throw new DatasetDbException(
                    SqlError.UNSUPPORTED,
                    "Cannot take a sample: of a join only a percentage without REPEATABLE is taken, put it into a"
                            + " sub-query (at line " + position.getLineNum() + ", column " + position.getColumnNum()
                            + ")");
        } else {
            select.setFrom(table(sample, named.apply(from)));
        }
    }

    private static SqlNode apply(SqlSelect rows, SqlCall sample) {
        SqlParserPos position = sample.getParserPosition();
        SqlNode seed = seed(sample);
        if (size(sample).getOperator().equals(SampleClause.PERCENT)) {
            if (seed == null) {
                rows.setWhere(chance(sample));
            } else {
                rows.setQualify(SqlStdOperatorTable.LESS_THAN.createCall(
                        position, hash(seed, position), bound(percent(sample), position)));
            }
            return rows;
        }
        SqlNode key = seed == null ? Shorthands.call("RAND", position, List.of()) : hash(seed, position);
        rows.setOrderBy(SqlNodeList.of(key));
        rows.setFetch(size(sample).operand(0));
        return rows;
    }

    private static SqlCall size(SqlCall sample) {
        return sample.operand(1);
    }

    private static @Nullable SqlNode seed(SqlCall sample) {
        return sample.operand(2) instanceof SqlNumericLiteral seed ? seed : null;
    }

    private static BigDecimal percent(SqlCall sample) {
        return size(sample).<SqlNumericLiteral>operand(0).bigDecimalValue();
    }

    private static SqlNode chance(SqlCall sample) {
        SqlParserPos position = sample.getParserPosition();
        BigDecimal rate = percent(sample).divide(HUNDRED);
        return SqlStdOperatorTable.LESS_THAN.createCall(
                position,
                Shorthands.call("RAND", position, List.of()),
                SqlLiteral.createApproxNumeric(rate.toPlainString() + "E0", position));
    }

    private static SqlNode hash(SqlNode seed, SqlParserPos position) {
        SqlWindow all = SqlWindow.create(
                null,
                null,
                SqlNodeList.EMPTY,
                SqlNodeList.EMPTY,
                SqlLiteral.createBoolean(true, position),
                null,
                null,
                null,
                SqlWindow.createExcludeNoOthers(position),
                position);
        SqlNode number =
                SqlStdOperatorTable.OVER.createCall(position, SqlStdOperatorTable.ROW_NUMBER.createCall(position), all);
        return Shorthands.call("HASH", position, List.of(number, seed));
    }

    /** Below it lies this part of all hashes. */
    private static SqlNode bound(BigDecimal percent, SqlParserPos position) {
        BigDecimal below = HASHES.multiply(percent).divide(HUNDRED, 0, RoundingMode.HALF_UP);
        return SqlLiteral.createExactNumeric(
                below.add(BigDecimal.valueOf(Long.MIN_VALUE)).toString(), position);
    }

    private static SqlSelect select(SqlNode table, SqlParserPos position) {
        return new SqlSelect(
                position,
                null,
                SqlNodeList.of(SqlIdentifier.star(position)),
                table,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static @Nullable SqlIdentifier name(SqlNode table) {
        if (table.getKind() == SqlKind.AS) {
            return ((SqlCall) table).operand(1);
        }
        return table instanceof SqlIdentifier name
                ? new SqlIdentifier(Util.last(name.names), name.getParserPosition())
                : null;
    }
}
