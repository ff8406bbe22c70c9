// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** The operands from which an operator builds its node, read by position. */
@SuppressWarnings("ArrayRecordComponent")
record Operands(SqlParserPos pos, @Nullable SqlNode[] nodes) {
    static Operands of(SqlParserPos pos, @Nullable SqlNode... nodes) {
        return new Operands(pos, nodes);
    }

    /** A word that was given or not, as an operand. */
    static SqlLiteral flag(boolean given) {
        return SqlLiteral.createBoolean(given, SqlParserPos.ZERO);
    }

    boolean isSet(int i) {
        return ((SqlLiteral) node(i)).booleanValue();
    }

    SqlNode node(int i) {
        SqlNode node = nodes[i];
        if (node == null) {
            throw new IllegalArgumentException("operand " + i + " is missing");
        }
        return node;
    }

    @Nullable
    SqlNode optional(int i) {
        return nodes[i];
    }

    SqlIdentifier identifier(int i) {
        return (SqlIdentifier) node(i);
    }

    @Nullable
    SqlIdentifier optionalIdentifier(int i) {
        return (SqlIdentifier) nodes[i];
    }

    SqlLiteral literal(int i) {
        return (SqlLiteral) node(i);
    }

    @Nullable
    SqlLiteral optionalLiteral(int i) {
        return (SqlLiteral) nodes[i];
    }

    SqlNodeList list(int i) {
        return (SqlNodeList) node(i);
    }

    @Nullable
    SqlNodeList optionalList(int i) {
        return (SqlNodeList) nodes[i];
    }

    @Nullable
    SqlDataTypeSpec optionalType(int i) {
        return (SqlDataTypeSpec) nodes[i];
    }
}
