// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import java.util.List;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * {@code CREATE [OR REPLACE] FUNCTION name AS 'class' USING JAR 'path'} or {@code CREATE [OR REPLACE] [AGGREGATE] FUNCTION
 * name(p type, …) RETURNS type LANGUAGE JAVA AS $$ source $$}, with {@code RETURNS TABLE (column type, …)} for a table.
 */
public final class SqlCreateFunction extends SqlStatement {
    private static final StatementOperator OPERATOR =
            new StatementOperator("CREATE FUNCTION", SqlKind.OTHER_DDL, SqlCreateFunction::new);

    private SqlCreateFunction(Operands operands) {
        super(OPERATOR, operands);
    }

    public SqlCreateFunction(
            SqlParserPos pos,
            SqlIdentifier name,
            boolean replace,
            boolean aggregate,
            @Nullable SqlNodeList parameters,
            @Nullable SqlDataTypeSpec returnType,
            @Nullable SqlNodeList columns,
            @Nullable SqlIdentifier language,
            SqlLiteral body,
            @Nullable SqlLiteral jar) {
        this(Operands.of(
                pos,
                name,
                Operands.flag(replace),
                parameters,
                returnType,
                language,
                body,
                jar,
                Operands.flag(aggregate),
                columns));
    }

    public SqlIdentifier name() {
        return operands.identifier(0);
    }

    public boolean replace() {
        return operands.isSet(1);
    }

    /** Whether it is a function of the rows of a group. */
    public boolean aggregate() {
        return operands.isSet(7);
    }

    /** The columns of a table, as {@link #parameters} are given; null if it is none. */
    public @Nullable List<SqlNode> columns() {
        SqlNodeList columns = operands.optionalList(8);
        return columns == null ? null : columns.getList();
    }

    /** Name ({@link SqlIdentifier}) and type ({@link SqlDataTypeSpec}) of each parameter, one after the other; null without a list. */
    public @Nullable List<SqlNode> parameters() {
        SqlNodeList parameters = operands.optionalList(2);
        return parameters == null ? null : parameters.getList();
    }

    public @Nullable SqlDataTypeSpec returnType() {
        return operands.optionalType(3);
    }

    public @Nullable String language() {
        SqlIdentifier language = operands.optionalIdentifier(4);
        return language == null ? null : language.getSimple();
    }

    /** The name of a class if there is a {@link #jar()}, source text otherwise. */
    public String body() {
        return string(operands.literal(5));
    }

    /** Where the class is. */
    public @Nullable String jar() {
        return stringOrNull(operands.optionalLiteral(6));
    }

    @Override
    void write(SqlWriter writer) {
        writer.keyword(replace() ? "CREATE OR REPLACE" : "CREATE");
        writer.keyword(aggregate() ? "AGGREGATE FUNCTION" : "FUNCTION");
        writeNode(writer, name());
        writeParameters(writer, parameters());
        if (returnType() != null) {
            writer.keyword("RETURNS");
            writeNode(writer, returnType());
        }
        if (columns() != null) {
            writer.keyword("RETURNS TABLE");
            writeParameters(writer, columns());
        }
        SqlIdentifier language = operands.optionalIdentifier(4);
        if (language != null) {
            writer.keyword("LANGUAGE");
            writeNode(writer, language);
        }
        writeClause(writer, "AS", operands.literal(5));
        writeClause(writer, "USING JAR", operands.optionalLiteral(6));
    }

    private static void writeParameters(SqlWriter writer, @Nullable List<SqlNode> parameters) {
        if (parameters == null) {
            return;
        }
        SqlWriter.Frame frame = writer.startList("(", ")");
        for (int i = 0; i < parameters.size(); i += 2) {
            writer.sep(",");
            writeNode(writer, parameters.get(i));
            writeNode(writer, parameters.get(i + 1));
        }
        writer.endList(frame);
    }
}
