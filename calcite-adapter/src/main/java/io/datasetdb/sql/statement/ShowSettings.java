// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.sql.Cancellation;
import io.datasetdb.sql.PreparedStatement;
import io.datasetdb.sql.Setting;
import io.datasetdb.sql.StatementResult;
import io.datasetdb.sql.exec.Settings;
import io.datasetdb.sql.parse.SqlShowSettings;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;

/** SHOW of one setting, in a column of its name, or of all: {@code name}, {@code value}, {@code description}. */
public final class ShowSettings implements PreparedStatement {
    private static final Schema ALL = Schema.of(
            Field.required("name", DataType.VARCHAR),
            Field.required("value", DataType.VARCHAR),
            Field.required("description", DataType.VARCHAR));

    private final String sql;
    private final @Nullable Setting one;
    private final StatementContext context;

    public ShowSettings(String sql, SqlShowSettings node, StatementContext context) {
        SqlIdentifier name = node.name();
        this.sql = sql;
        this.one = name == null ? null : SettingStatements.shown(name);
        this.context = context;
    }

    @Override
    public String sql() {
        return sql;
    }

    @Override
    public boolean isQuery() {
        return true;
    }

    @Override
    public Schema schema() {
        return one == null ? ALL : Schema.of(Field.required(one.key(), DataType.VARCHAR));
    }

    @Override
    public List<Field> parameters() {
        return List.of();
    }

    @Override
    public StatementResult execute(List<@Nullable Object> arguments, long timeoutNanos, Cancellation cancellation) {
        cancellation.check();
        Settings settings = context.settings().get();
        List<List<String>> rows = one == null
                ? Arrays.stream(Setting.values())
                        .map(setting -> List.of(setting.key(), setting.text(settings), setting.description()))
                        .toList()
                : List.of(List.of(one.text(settings)));
        return new RowResult(schema(), rows, -1);
    }
}
