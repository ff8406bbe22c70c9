// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import io.datasetdb.sql.parse.generated.DatasetParserConstants;
import io.datasetdb.sql.parse.generated.Token;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSetOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * Clauses of PostgreSQL and DuckDB that stand for longer ones. The parser leaves a marker in the tree; whoever knows the
 * whole query replaces it before validation.
 */
public final class Shorthands {
    /** How close UNION binds. */
    private static final int SET_PRECEDENCE = 12;

    /** The only item of GROUP BY or ORDER BY: all columns of the query. */
    public static final SqlOperator ALL = new SqlSpecialOperator("ALL", SqlKind.OTHER) {
        @Override
        public void unparse(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
            writer.keyword("ALL");
        }
    };

    /** As a query's QUALIFY: keep the first row, in the query's order, of each combination of the operands. */
    public static final SqlOperator DISTINCT_ON = new SqlSpecialOperator("DISTINCT ON", SqlKind.OTHER);

    /** Instead of the query of an INSERT: one row of which every column has its default. */
    public static final SqlOperator DEFAULT_VALUES = new SqlSpecialOperator("DEFAULT VALUES", SqlKind.VALUES) {
        @Override
        public void unparse(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
            writer.keyword("DEFAULT VALUES");
        }
    };

    /** Around the query of an INSERT: its columns go to those of the same names. */
    public static final SqlOperator BY_NAME = new SqlSpecialOperator("BY NAME", SqlKind.VALUES) {
        @Override
        public void unparse(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
            writer.keyword("BY NAME");
            call.operand(0).unparse(writer, 0, 0);
        }
    };

    /** Among the columns of a query: a row for each element of the operand. */
    public static final SqlOperator UNNEST = new SqlSpecialOperator("UNNEST", SqlKind.OTHER) {
        @Override
        public void unparse(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
            SqlWriter.Frame frame = writer.startFunCall("UNNEST");
            call.operand(0).unparse(writer, 0, 0);
            writer.endFunCall(frame);
        }
    };

    /** UNION of the columns that have the same name, where a side that lacks one has NULL. */
    public static final SqlBinaryOperator UNION_BY_NAME =
            new SqlSetOperator("UNION BY NAME", SqlKind.UNION, SET_PRECEDENCE, false);

    /** As {@link #UNION_BY_NAME}, with all rows of both sides. */
    public static final SqlBinaryOperator UNION_ALL_BY_NAME =
            new SqlSetOperator("UNION ALL BY NAME", SqlKind.UNION, SET_PRECEDENCE, true);

    /** A table of which a part is read: the operands are those of {@link SampleClause}. */
    public static final SqlOperator SAMPLE = new SampleClause("TABLESAMPLE");

    /** As {@link #SAMPLE}, of all tables of a query together. */
    public static final SqlOperator USING_SAMPLE = new SampleClause("USING SAMPLE");

    /** What may follow a whole query or GROUP BY clause. */
    private static final Set<Integer> ENDS = Set.of(
            DatasetParserConstants.EOF,
            DatasetParserConstants.RPAREN,
            DatasetParserConstants.SEMICOLON,
            DatasetParserConstants.HAVING,
            DatasetParserConstants.WINDOW,
            DatasetParserConstants.QUALIFY,
            DatasetParserConstants.ORDER,
            DatasetParserConstants.LIMIT,
            DatasetParserConstants.OFFSET,
            DatasetParserConstants.FETCH,
            DatasetParserConstants.UNION,
            DatasetParserConstants.EXCEPT,
            DatasetParserConstants.INTERSECT,
            DatasetParserConstants.SET_MINUS,
            DatasetParserConstants.USING);

    private static final Set<Integer> QUERIES = Set.of(
            DatasetParserConstants.SELECT,
            DatasetParserConstants.WITH,
            DatasetParserConstants.VALUES,
            DatasetParserConstants.TABLE,
            DatasetParserConstants.FROM,
            DatasetParserConstants.LPAREN);

    private Shorthands() {}

    /** The QUALIFY clause of a query that may be DISTINCT ON. */
    public static @Nullable SqlNode distinctOn(@Nullable SqlNodeList keys, @Nullable SqlNode qualify) {
        if (keys == null) {
            return qualify;
        }
        if (qualify != null) {
            throw SyntaxErrors.at(qualify.getParserPosition(), "QUALIFY does not go with DISTINCT ON");
        }
        return DISTINCT_ON.createCall(keys.getParserPosition(), keys.getList());
    }

    /** GROUP BY ALL. */
    public static SqlNodeList all(SqlParserPos pos) {
        return SqlNodeList.of(ALL.createCall(pos));
    }

    /** Whether nothing more of a clause can follow before this token. */
    public static boolean isWholeClause(Token next) {
        return ENDS.contains(next.kind);
    }

    /** Whether the list of a query's columns is over before this token. */
    public static boolean endsList(Token next) {
        return next.kind == DatasetParserConstants.FROM
                || next.kind == DatasetParserConstants.WHERE
                || next.kind == DatasetParserConstants.GROUP
                || isWholeClause(next);
    }

    /** Whether a query or something between parentheses begins with this token. */
    public static boolean beginsQuery(Token token) {
        return QUERIES.contains(token.kind);
    }

    /** Whether these are the name of a type and a string, of which the parser does not know a literal. */
    public static boolean isTypedText(Token word, Token next) {
        return next.kind == DatasetParserConstants.QUOTED_STRING
                && TypeNames.PREFIXES.contains(word.image.toUpperCase(Locale.ROOT));
    }

    /** Whether these words are SEMI JOIN or ANTI JOIN and not the name of a table. */
    public static boolean beginsJoin(Token word, Token next) {
        return (word.kind == DatasetParserConstants.SEMI || word.kind == DatasetParserConstants.ANTI)
                && next.kind == DatasetParserConstants.JOIN;
    }

    /** A call of a function to be looked up. */
    public static SqlCall call(String function, SqlParserPos pos, List<SqlNode> arguments) {
        SqlOperator operator = new SqlUnresolvedFunction(
                new SqlIdentifier(function, pos), null, null, null, null, SqlFunctionCategory.USER_DEFINED_FUNCTION);
        return operator.createCall(pos, arguments);
    }
}
