// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.util.ImmutableNullableList;
import org.jspecify.annotations.Nullable;

/**
 * A statement that standard SQL does not have. Immutable. Its operands are everything that it says, so that two nodes are
 * equal ({@code equalsDeep}) exactly if their statements mean the same, and {@code unparse} writes a statement that parses
 * back to an equal node.
 */
public abstract class SqlStatement extends SqlCall {
    private final SqlOperator operator;
    final Operands operands;

    SqlStatement(SqlOperator operator, Operands operands) {
        super(operands.pos());
        this.operator = operator;
        this.operands = operands;
    }

    @Override
    public final SqlOperator getOperator() {
        return operator;
    }

    @Override
    public final List<SqlNode> getOperandList() {
        return ImmutableNullableList.copyOf(operands.nodes());
    }

    @Override
    public final void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        write(writer);
    }

    /** Writes the statement's own words and its operands. */
    abstract void write(SqlWriter writer);

    /** The value of a string literal. */
    static String string(SqlLiteral literal) {
        return literal.getValueAs(String.class);
    }

    /** The value of a string literal that may be missing. */
    static @Nullable String stringOrNull(@Nullable SqlLiteral literal) {
        return literal == null ? null : literal.getValueAs(String.class);
    }

    /** Writes {@code node} in a place where the grammar allows a query or a name, without parentheses. */
    static void writeNode(SqlWriter writer, SqlNode node) {
        node.unparse(writer, 0, 0);
    }

    /** Writes {@code word 'literal'} unless the literal is missing. */
    static void writeClause(SqlWriter writer, String word, @Nullable SqlLiteral literal) {
        if (literal != null) {
            writer.keyword(word);
            writeNode(writer, literal);
        }
    }

    /** Writes {@code AS alias} if there is one. */
    static void writeAlias(SqlWriter writer, @Nullable SqlIdentifier alias) {
        if (alias != null) {
            writer.keyword("AS");
            writeNode(writer, alias);
        }
    }

    /** Writes tables behind a word, if there are any. */
    static void writeFrom(SqlWriter writer, String word, @Nullable SqlNode source) {
        if (source != null) {
            writer.keyword(word);
            SqlWriter.Frame frame = writer.startList(SqlWriter.FrameTypeEnum.FROM_LIST);
            writeNode(writer, source);
            writer.endList(frame);
        }
    }

    /** Writes {@code WHERE condition} if there is one. */
    static void writeWhere(SqlWriter writer, @Nullable SqlNode condition) {
        if (condition != null) {
            writer.keyword("WHERE");
            writeNode(writer, condition);
        }
    }
}
