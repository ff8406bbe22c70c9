// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.Engine;
import io.datasetdb.sql.EngineConfig;
import io.datasetdb.sql.Session;
import io.datasetdb.sql.SessionOptions;
import io.datasetdb.sql.StatementResult;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.Vector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** An engine with one session, and results as lines of text. */
final class Db implements AutoCloseable {
    private final Engine engine;
    private final Session session;

    private Db(Engine engine, SessionOptions options) {
        this.engine = engine;
        this.session = engine.openSession(options);
    }

    static Db open(Path warehouse) {
        return open(new EngineConfig(warehouse.toString()));
    }

    static Db open(EngineConfig config) {
        return new Db(Engine.open(config), SessionOptions.of("tester"));
    }

    Engine engine() {
        return engine;
    }

    Session session() {
        return session;
    }

    /** Runs a statement; its rows, cells separated by {@code " | "}. */
    List<String> rows(String sql) {
        return rows(session, sql);
    }

    /** Runs a prepared statement with these arguments. */
    List<String> rows(String sql, Object... arguments) {
        try (StatementResult result = session.prepare(sql).execute(Arrays.asList(arguments), 0)) {
            return rows(result);
        }
    }

    static List<String> rows(Session session, String sql) {
        try (StatementResult result = session.execute(sql)) {
            return rows(result);
        }
    }

    static List<String> rows(StatementResult result) {
        List<String> lines = new ArrayList<>();
        for (Batch batch = result.next(); batch != null; batch = result.next()) {
            for (int i = 0; i < batch.size(); i++) {
                int position = batch.selection().position(i);
                lines.add(batch.columns().stream()
                        .map(column -> cell(column, position))
                        .collect(Collectors.joining(" | ")));
            }
        }
        return lines;
    }

    private static String cell(Vector column, int position) {
        return String.valueOf(column.getObject(position));
    }

    /** Runs a statement that must fail; {@code SQLSTATE message}. */
    String failure(String sql) {
        DatasetDbException failure = catchThrowableOfType(DatasetDbException.class, () -> rows(sql));
        return failure == null ? "it did not fail" : failure.sqlState() + " " + failure.getMessage();
    }

    @Override
    public void close() {
        engine.close();
    }
}
