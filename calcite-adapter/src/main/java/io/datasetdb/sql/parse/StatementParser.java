// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.parse.generated.DatasetParser;
import io.datasetdb.sql.parse.generated.TokenMgrError;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWriterConfig;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.pretty.SqlPrettyWriter;
import org.apache.calcite.util.SourceStringReader;

/**
 * Text in, tree out. Double quotes quote names, names keep their case, and nothing is looked up. Every failure is a {@link
 * DatasetDbException} with a {@link ParseError} and the place in the text.
 */
public final class StatementParser {
    /** Longer than any name a file brings. */
    private static final int MAX_IDENTIFIER_LENGTH = 1024;

    /** Levels of nesting that later stages, which recurse, can follow on a thread's usual stack. */
    private static final int MAX_DEPTH = 1000;

    /** The lexical rules, for whoever sets up a validator. */
    public static final SqlParser.Config CONFIG = SqlParser.config()
            .withParserFactory(DatasetParser.FACTORY)
            .withQuoting(Quoting.DOUBLE_QUOTE)
            .withQuotedCasing(Casing.UNCHANGED)
            .withUnquotedCasing(Casing.UNCHANGED)
            .withCaseSensitive(false)
            .withIdentifierMaxLength(MAX_IDENTIFIER_LENGTH)
            .withConformance(DatasetConformance.INSTANCE);

    private static final SqlWriterConfig WRITING = SqlPrettyWriter.config()
            .withDialect(DatasetDialect.INSTANCE)
            .withQuoteAllIdentifiers(true)
            .withAlwaysUseParentheses(true)
            .withIndentation(0)
            .withClauseStartsLine(false)
            .withSelectListItemsOnSeparateLines(false);

    private StatementParser() {}

    /** Parses one statement, which may end in a semicolon. */
    public static SqlNode parse(String sql) {
        SqlNodeList statements = (SqlNodeList) run(sql, SqlAbstractParserImpl::parseSqlStmtList);
        return switch (statements.size()) {
            case 0 -> throw SyntaxErrors.empty();
            case 1 -> statements.get(0);
            default -> throw SyntaxErrors.at(statements.get(1).getParserPosition(), "a second statement begins");
        };
    }

    /** Parses one expression, such as a filter condition. */
    public static SqlNode parseExpression(String sql) {
        return run(sql, SqlAbstractParserImpl::parseSqlExpressionEof);
    }

    /** Writes a node as text that parses back to an equal node; names are quoted. */
    public static String toSql(SqlNode node) {
        SqlPrettyWriter writer = new SqlPrettyWriter(WRITING);
        node.unparse(writer, 0, 0);
        return writer.toString();
    }

    private interface Production {
        SqlNode apply(SqlAbstractParserImpl parser) throws Exception;
    }

    /** Not by way of {@link SqlParser}, which rewrites errors beyond use. */
    private static SqlNode run(String sql, Production production) {
        SqlAbstractParserImpl parser = DatasetParser.FACTORY.getParser(new SourceStringReader(sql));
        parser.setTabSize(1);
        parser.setQuotedCasing(CONFIG.quotedCasing());
        parser.setUnquotedCasing(CONFIG.unquotedCasing());
        parser.setIdentifierMaxLength(CONFIG.identifierMaxLength());
        parser.setConformance(CONFIG.conformance());
        parser.switchTo(SqlAbstractParserImpl.LexicalState.forConfig(CONFIG));
        try {
            SqlNode node = production.apply(parser);
            checkDepth(node);
            return node;
        } catch (Exception | TokenMgrError | StackOverflowError e) {
            throw SyntaxErrors.from(sql, e, new WordTable(parser.getMetadata()));
        }
    }

    private static void checkDepth(SqlNode root) {
        record Level(SqlNode node, int depth) {}
        Deque<Level> open = new ArrayDeque<>();
        open.push(new Level(root, 1));
        while (!open.isEmpty()) {
            Level level = open.pop();
            if (level.depth() > MAX_DEPTH) {
                throw SyntaxErrors.tooDeep();
            }
            for (SqlNode child : children(level.node())) {
                if (child != null) {
                    open.push(new Level(child, level.depth() + 1));
                }
            }
        }
    }

    private static List<SqlNode> children(SqlNode node) {
        if (node instanceof SqlCall call) {
            return call.getOperandList();
        }
        return node instanceof SqlNodeList list ? list : List.of();
    }
}
