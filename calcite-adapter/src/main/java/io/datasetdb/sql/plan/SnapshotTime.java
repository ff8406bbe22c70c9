// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.schema.StatementCatalog;
import io.datasetdb.sql.schema.TypeMapping;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * The time in {@code FOR SYSTEM_TIME AS OF e}, where e is any expression of constants and parameters. It is computed while
 * the statement is planned, because the columns of the query depend on it, so such a plan is good for one moment only.
 */
final class SnapshotTime {
    private final StatementCatalog catalog;
    private final SqlOperatorTable functions;
    private final @Nullable List<@Nullable Object> arguments;
    private final Map<Integer, RelDataType> parameters = new TreeMap<>();

    /** @param arguments values of the statement's parameters; {@code null} before they are known, when any time will do */
    SnapshotTime(StatementCatalog catalog, SqlOperatorTable functions, @Nullable List<@Nullable Object> arguments) {
        this.catalog = catalog;
        this.functions = functions;
        this.arguments = arguments;
    }

    /** The parameters that were met, by their numbers. */
    Map<Integer, RelDataType> parameters() {
        return parameters;
    }

    /** The time that an expression means now, in UTC. */
    LocalDateTime of(SqlNode expression) {
        catalog.markMomentary();
        Instant now = Instant.now();
        ConstantValue value = ConstantValue.of(expression, SqlTypeName.TIMESTAMP, catalog, functions);
        boolean bound = parameters(expression, value.plan());
        if (!value.isConstant()) {
            throw error("the time must be an expression of constants", expression);
        }
        if (bound && arguments == null) {
            return LocalDateTime.ofInstant(now, ZoneOffset.UTC);
        }
        Object time = value.evaluate(arguments == null ? List.of() : arguments, now);
        if (time == null) {
            throw error("the time is NULL", expression);
        }
        return (LocalDateTime) time;
    }

    /** Notes the parameters of an expression and tells whether there are any. */
    private boolean parameters(SqlNode expression, PlannedQuery plan) {
        Set<Integer> found = new TreeSet<>();
        expression.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlDynamicParam parameter) {
                found.add(parameter.getIndex());
                return null;
            }
        });
        found.forEach(index -> parameters.put(
                index,
                TypeMapping.toRelType(
                        plan.algebra().getCluster().getTypeFactory(),
                        plan.parameters().get(index).type(),
                        true)));
        return !found.isEmpty();
    }

    private static DatasetDbException error(String reason, SqlNode node) {
        SqlParserPos position = node.getParserPosition();
        return new DatasetDbException(
                SqlError.INVALID_STATEMENT,
                "Cannot read as of a time: " + reason + " (at line " + position.getLineNum() + ", column "
                        + position.getColumnNum() + ")");
    }
}
