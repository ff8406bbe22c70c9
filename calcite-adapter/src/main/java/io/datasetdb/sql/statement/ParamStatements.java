// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.NamePattern;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.parse.SqlSetParam;
import io.datasetdb.sql.parse.StatementParser;
import io.datasetdb.sql.schema.SessionObjects;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** SET PARAM, RESET PARAM and what SHOW PARAMS shows. */
public final class ParamStatements {
    /** The columns of SHOW PARAMS. */
    static final Schema COLUMNS =
            Schema.of(Field.required("name", DataType.VARCHAR), Field.required("value", DataType.VARCHAR));

    private ParamStatements() {}

    /** The command of a node. */
    public static Command of(SqlSetParam node, String sql, StatementContext context) {
        return Command.ofSession(sql, context.running(), () -> change(node, context.session()));
    }

    private static String change(SqlSetParam node, SessionState session) {
        SqlIdentifier name = node.name();
        SqlNode value = node.value();
        if (name == null) {
            session.change(SessionObjects::withoutParams);
            return "No parameter is set";
        }
        String key = name.getSimple();
        String text = value == null ? null : ((SqlLiteral) value).toValue();
        if (value != null && text != null) {
            SessionObjects.Value set = new SessionObjects.Value(key, StatementParser.toSql(value), text);
            session.change(objects -> objects.withParam(key, set));
            return "Parameter " + key + " is " + text;
        }
        if (value == null && !session.objects().hasParam(key)) {
            throw new DatasetDbException(
                    SqlError.UNDEFINED_PARAM,
                    "Cannot reset parameter " + key + ": it is not set"
                            + session.objects()
                                    .nearestParam(key)
                                    .map(nearest -> "; did you mean " + nearest + "?")
                                    .orElse("")
                            + " (at line "
                            + name.getParserPosition().getLineNum() + ", column "
                            + name.getParserPosition().getColumnNum() + ")");
        }
        session.change(objects -> objects.withParam(key, null));
        return "Parameter " + key + " is not set";
    }

    /** The parameters whose names match a pattern, by name. */
    static List<List<String>> rows(SessionState session, @Nullable String like) {
        return session.objects().allParams().stream()
                .filter(param -> NamePattern.of(like).matches(param.name()))
                .map(param -> List.of(param.name(), param.text()))
                .toList();
    }
}
