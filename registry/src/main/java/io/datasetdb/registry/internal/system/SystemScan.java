// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal.system;

import io.datasetdb.registry.internal.Database;
import io.datasetdb.registry.internal.OpenScans;
import io.datasetdb.registry.internal.Sql;
import io.datasetdb.registry.internal.TextList;
import io.datasetdb.registry.internal.Times;
import io.datasetdb.store.Predicate;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a system table, all as of the moment the scan was opened. The first batch is read at once, and a result that
 * fits into it occupies no connection afterwards.
 */
public final class SystemScan implements BatchSource {
    /** A statement with a LIMIT mostly wants no more than this; batches grow after it. */
    private static final int FIRST_ROWS = 128;

    private final Database database;
    private final String rootUri;
    private final List<SystemColumn> columns;
    private final String action;
    private @Nullable Cursor cursor;
    private @Nullable Batch first;
    private int size = FIRST_ROWS;
    /** Rows of which only the number was asked for and that have not been handed out. */
    private long counted;

    private record Cursor(OpenScans.Held held, PreparedStatement statement, ResultSet result) implements AutoCloseable {
        @Override
        public void close() throws SQLException {
            try (held;
                    statement) {
                result.close();
            }
        }
    }

    private SystemScan(Database database, Path root, String table, List<SystemColumn> columns) {
        this.database = database;
        this.rootUri = rootUri(root);
        this.columns = columns;
        this.action = "read registry." + table;
    }

    private static String rootUri(Path root) {
        String path = root.toUri().getPath();
        return "file://" + (path.endsWith("/") ? path : path + "/");
    }

    /** Opens a scan; rows that are not {@code known} to be wanted may be left out. */
    public static SystemScan open(
            Database database, Path root, TableDefinition table, ScanRequest request, List<Predicate> known) {
        SystemQuery query = SystemQuery.of(table, request, known);
        SystemScan scan = new SystemScan(database, root, table.name(), query.columns());
        scan.start(query);
        return scan;
    }

    /** Whether a scan with this predicate leaves out all rows that do not match. */
    public static boolean meets(TableDefinition table, Predicate predicate) {
        PredicateSql translation = new PredicateSql(table.columns());
        return translation.condition(predicate).isPresent() && translation.isExact();
    }

    /** What the database is asked for all columns of the rows with one value in {@code column}. */
    public static String query(TableDefinition table, String column) {
        return SystemQuery.byValue(table, column, "").text();
    }

    private void start(SystemQuery query) {
        OpenScans.Held held = database.open(action);
        try {
            cursor = cursor(held, query.text(), query.arguments());
        } catch (SQLException e) {
            closeQuietly(held);
            throw database.failure(action, e);
        }
        try {
            first = columns.isEmpty() ? count() : read();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private @Nullable Batch count() {
        try (Cursor open = java.util.Objects.requireNonNull(cursor)) {
            cursor = null;
            counted = open.result.next() ? open.result.getLong(1) : 0;
        } catch (SQLException e) {
            throw database.failure(action, e);
        }
        return read();
    }

    private static Cursor cursor(OpenScans.Held held, String query, List<@Nullable Object> arguments)
            throws SQLException {
        PreparedStatement statement = Database.sql(held.connection()).prepare(query, arguments.toArray());
        try {
            return new Cursor(held, statement, statement.executeQuery());
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    @Override
    public @Nullable Batch next() {
        Batch ready = first;
        if (ready != null) {
            first = null;
            return ready;
        }
        return read();
    }

    private @Nullable Batch read() {
        Cursor open = cursor;
        if (open == null) {
            int rows = (int) Math.min(counted, Batch.SIZE);
            counted -= rows;
            return rows == 0 ? null : Batch.of(List.of(), rows);
        }
        try {
            List<VectorBuilder> builders = columns.stream()
                    .map(column -> VectorBuilder.of(column.field().type(), 64))
                    .toList();
            int rows = 0;
            while (rows < size && open.result.next()) {
                for (int i = 0; i < columns.size(); i++) {
                    builders.get(i).append(value(open.result, i + 1, columns.get(i)));
                }
                rows++;
            }
            if (rows < size) {
                close();
            }
            size = Math.min(size * 4, Batch.SIZE);
            List<Vector> vectors = new ArrayList<>();
            builders.forEach(builder -> vectors.add(builder.build()));
            return rows == 0 ? null : Batch.of(vectors, rows);
        } catch (SQLException e) {
            throw database.failure(action, e);
        } catch (RuntimeException e) {
            throw database.unreadable(action, e);
        }
    }

    private @Nullable Object value(ResultSet row, int index, SystemColumn column) throws SQLException {
        return switch (column.form()) {
            case PLAIN, NAME -> plain(row, index, column.field());
            case TIME -> {
                Long micros = Sql.nullableLong(row, index);
                yield micros == null
                        ? null
                        : LocalDateTime.ofInstant(Times.instant(micros.longValue()), ZoneOffset.UTC);
            }
            case LIST -> {
                String text = row.getString(index);
                yield text == null ? List.of() : TextList.items(text);
            }
            case MAP -> TextList.map(row.getString(index));
            case URI -> rootUri + row.getString(index);
        };
    }

    private static @Nullable Object plain(ResultSet row, int index, Field field) throws SQLException {
        Object value = switch (field.type().kind()) {
            case BIGINT -> row.getLong(index);
            case INTEGER -> row.getInt(index);
            case DOUBLE -> row.getDouble(index);
            case BOOLEAN -> row.getBoolean(index);
            case VARCHAR -> row.getString(index);
            case TINYINT,
                    SMALLINT,
                    REAL,
                    DECIMAL,
                    VARBINARY,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    TIMESTAMP_LTZ,
                    UUID,
                    INTERVAL_MONTH,
                    INTERVAL_DAY,
                    ARRAY,
                    MAP,
                    ROW,
                    NULL -> throw new IllegalArgumentException("no plain " + field.type());
        };
        // Asking the database again costs as much as the value itself.
        return field.nullable() && row.wasNull() ? null : value;
    }

    @Override
    public void close() {
        Cursor open = cursor;
        cursor = null;
        counted = 0;
        if (open != null) {
            closeQuietly(open);
        }
    }

    /** What was read is read, whatever closing says. */
    private static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            System.getLogger(SystemScan.class.getName()).log(System.Logger.Level.DEBUG, e.toString());
        }
    }
}
