// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.schema.StatementCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * {@code registry.diff(a, b, key, …)} in a FROM clause, which becomes the query over both versions that {@link VersionDiff}
 * writes. Keys are names of columns, or of fields in them, plain or as text, one argument each or several in one; {@code same => true} asks for the
 * rows that are the same, too.
 */
final class DiffSyntax {
    private static final String NAME = "registry.diff";
    private static final List<String> PARAMETERS = List.of("a", "b", "key", "same");

    private final SqlCall call;
    private final List<@Nullable String> names = new ArrayList<>(java.util.Arrays.asList(null, null));
    private final List<String> keys = new ArrayList<>();
    private boolean same;

    private DiffSyntax(SqlCall call) {
        this.call = call;
    }

    /** The item of a FROM clause to put in its place, which may be the item itself. */
    static SqlNode rewrite(SqlNode item, StatementCatalog catalog) {
        if (item.getKind() == SqlKind.AS) {
            SqlCall named = (SqlCall) item;
            SqlCall call = diff(named.operand(0));
            if (call != null) {
                named.setOperand(0, new DiffSyntax(call).query(catalog));
            }
            return item;
        }
        SqlCall call = diff(item);
        return call == null
                ? item
                : SqlStdOperatorTable.AS.createCall(
                        call.getParserPosition(),
                        new DiffSyntax(call).query(catalog),
                        new SqlIdentifier("diff", call.getParserPosition()));
    }

    private static @Nullable SqlCall diff(SqlNode item) {
        SqlNode inner = item;
        while (inner.getKind() == SqlKind.LATERAL || inner.getKind() == SqlKind.COLLECTION_TABLE) {
            inner = ((SqlCall) inner).operand(0);
        }
        if (inner == item
                || !(inner instanceof SqlBasicCall call)
                || !(call.getOperator() instanceof SqlUnresolvedFunction function)) {
            return null;
        }
        SqlIdentifier name = function.getSqlIdentifier();
        String text = name == null ? "" : String.join(".", name.names).toLowerCase(Locale.ROOT);
        return text.equals(NAME) || text.equals(StatementCatalog.SYSTEM_NAMESPACE + "." + NAME) ? call : null;
    }

    private SqlNode query(StatementCatalog catalog) {
        int position = 0;
        for (SqlNode operand : call.getOperandList()) {
            if (operand.getKind() == SqlKind.ARGUMENT_ASSIGNMENT) {
                SqlNode value = ((SqlCall) operand).operand(0);
                named(((SqlCall) operand).operand(1), value);
            } else if (position < 2) {
                names.set(position++, text(operand));
            } else {
                rest(operand);
            }
        }
        return new VersionDiff(catalog, version(0), version(1), keys, same, sentence -> error(sentence, call)).query();
    }

    private String version(int ordinal) {
        String name = names.get(ordinal);
        if (name == null) {
            throw error("Cannot call " + NAME + ": argument " + PARAMETERS.get(ordinal) + " is missing", call);
        }
        return name;
    }

    private void named(SqlIdentifier name, SqlNode value) {
        int ordinal = PARAMETERS.indexOf(name.getSimple().toLowerCase(Locale.ROOT));
        switch (ordinal) {
            case 0, 1 -> names.set(ordinal, text(value));
            case 2 -> key(value);
            case 3 -> same = flag(value);
            default ->
                throw error(
                        "Cannot call " + NAME + ": it has no argument " + name + ", only "
                                + String.join(", ", PARAMETERS),
                        name);
        }
    }

    private void rest(SqlNode operand) {
        if (operand instanceof SqlLiteral literal && literal.getTypeName() == SqlTypeName.BOOLEAN) {
            same = flag(operand);
        } else {
            key(operand);
        }
    }

    private void key(SqlNode operand) {
        if (operand.getKind() == SqlKind.ROW || operand.getKind() == SqlKind.ARRAY_VALUE_CONSTRUCTOR) {
            ((SqlCall) operand).getOperandList().forEach(this::key);
        } else if (operand instanceof SqlIdentifier column && !column.isStar()) {
            keys.add(String.join(".", column.names));
        } else {
            keys.add(text(operand));
        }
    }

    private static boolean flag(SqlNode node) {
        if (node instanceof SqlLiteral literal && literal.getValue() instanceof Boolean flag) {
            return flag;
        }
        throw error("Cannot call " + NAME + ": argument same must be TRUE or FALSE", node);
    }

    private static String text(SqlNode node) {
        if (node instanceof SqlLiteral literal && SqlTypeName.CHAR_TYPES.contains(literal.getTypeName())) {
            return String.valueOf(literal.getValueAs(String.class));
        }
        throw error("Cannot call " + NAME + ": versions are given as text, and keys as text or names of columns", node);
    }

    private static DatasetDbException error(String sentence, SqlNode node) {
        SqlParserPos position = node.getParserPosition();
        return new DatasetDbException(
                SqlError.INVALID_ARGUMENT,
                sentence + " (at line " + position.getLineNum() + ", column " + position.getColumnNum() + ")");
    }
}
