// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * {@code CREATE [OR REPLACE] [TEMPORARY] DATASET [IF NOT EXISTS] name [IF CHANGED] [BUMP part | VERSION 'v'] [COMMENT '…']
 * [LABELS ('k=v', …)] [METRICS (name = value, …)] AS query}, or with declared columns behind the name, and no query. The
 * parser has checked that the clauses go together.
 */
public final class SqlCreateDataset extends SqlStatement {
    private static final StatementOperator OPERATOR =
            new StatementOperator("CREATE DATASET", SqlKind.OTHER_DDL, SqlCreateDataset::new);

    private final @Nullable String text;
    private final @Nullable String queryText;

    private SqlCreateDataset(Operands operands) {
        this(operands, null, null);
    }

    private SqlCreateDataset(Operands operands, @Nullable String text, @Nullable String queryText) {
        super(OPERATOR, operands);
        this.text = text;
        this.queryText = queryText;
    }

    /**
     * @param query the rows; without any if the columns are declared
     * @param columns as declared, {@code null} if the query has them
     * @param bump a symbol literal of {@link VersionBump}
     * @param text the statement as it was written, from its first to its last word
     * @param queryText the part of it that follows {@code AS}
     */
    public SqlCreateDataset(
            SqlParserPos pos,
            SqlIdentifier name,
            SqlNode query,
            boolean replace,
            boolean temporary,
            boolean ifNotExists,
            boolean ifChanged,
            @Nullable SqlLiteral bump,
            @Nullable SqlLiteral version,
            @Nullable SqlLiteral comment,
            @Nullable SqlNodeList labels,
            @Nullable SqlNodeList metrics,
            @Nullable SqlNodeList columns,
            String text,
            @Nullable String queryText) {
        this(
                Operands.of(
                        pos,
                        name,
                        query,
                        Operands.flag(replace),
                        Operands.flag(temporary),
                        Operands.flag(ifNotExists),
                        Operands.flag(ifChanged),
                        bump,
                        version,
                        comment,
                        labels,
                        metrics,
                        columns),
                text,
                queryText);
    }

    public SqlIdentifier name() {
        return operands.identifier(0);
    }

    public SqlNode query() {
        return operands.node(1);
    }

    /** {@code OR REPLACE}: saves the next version of a dataset that may exist. */
    public boolean replace() {
        return operands.isSet(2);
    }

    public boolean temporary() {
        return operands.isSet(3);
    }

    public boolean ifNotExists() {
        return operands.isSet(4);
    }

    /** Whether rows equal to those of the last version make no new one. */
    public boolean ifChanged() {
        return operands.isSet(5);
    }

    /** What {@code BUMP} asks for. */
    public @Nullable VersionBump bump() {
        SqlLiteral bump = operands.optionalLiteral(6);
        return bump == null ? null : bump.getValueAs(VersionBump.class);
    }

    /** The version asked for, as written. */
    public @Nullable String version() {
        return stringOrNull(operands.optionalLiteral(7));
    }

    public @Nullable String comment() {
        return stringOrNull(operands.optionalLiteral(8));
    }

    /** The labels in the order given; null without the clause. */
    public @Nullable Map<String, String> labels() {
        SqlNodeList labels = operands.optionalList(9);
        return labels == null ? null : Labels.toMap(labels);
    }

    /** {@code value AS name} for each; empty without the clause. */
    public List<SqlNode> metrics() {
        SqlNodeList metrics = operands.optionalList(10);
        return metrics == null ? List.of() : List.copyOf(metrics.getList());
    }

    /** The columns as declared: those that are NOT NULL. Empty without declarations. */
    public Set<String> declaredNotNull() {
        SqlNodeList columns = operands.optionalList(11);
        return columns == null ? Set.of() : ColumnDefinitions.notNull(columns);
    }

    /** The columns of the query, with those NOT NULL that are declared so. */
    public Schema declared(Schema query) {
        Set<String> notNull = declaredNotNull();
        return new Schema(query.fields().stream()
                .map(field ->
                        new Field(field.name(), field.type(), field.nullable() && !notNull.contains(field.name())))
                .toList());
    }

    /** The statement as it was written, with its comments and line breaks; a copied node writes it anew. */
    public String text() {
        return text == null ? StatementParser.toSql(this) : text;
    }

    /** The query as it was written, with its comments and line breaks; a copied node writes it anew. */
    public String queryText() {
        return queryText == null ? StatementParser.toSql(query()) : queryText;
    }

    @Override
    void write(SqlWriter writer) {
        writer.keyword(replace() ? "CREATE OR REPLACE" : "CREATE");
        writer.keyword(temporary() ? "TEMPORARY DATASET" : "DATASET");
        if (ifNotExists()) {
            writer.keyword("IF NOT EXISTS");
        }
        writeNode(writer, name());
        SqlNodeList columns = operands.optionalList(11);
        if (columns != null) {
            ColumnDefinitions.write(writer, columns);
        }
        if (ifChanged()) {
            writer.keyword("IF CHANGED");
        }
        VersionBump bump = bump();
        if (bump != null) {
            writer.keyword("BUMP " + bump);
        }
        writeClause(writer, "VERSION", operands.optionalLiteral(7));
        writeClause(writer, "COMMENT", operands.optionalLiteral(8));
        SqlNodeList labels = operands.optionalList(9);
        if (labels != null) {
            Labels.write(writer, labels);
        }
        SqlNodeList metrics = operands.optionalList(10);
        if (metrics != null) {
            Metrics.write(writer, metrics);
        }
        if (columns == null) {
            writer.keyword("AS");
            writeNode(writer, query());
        }
    }
}
