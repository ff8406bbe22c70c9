// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.tpcds;

import io.datasetdb.it.Pieces;
import io.datasetdb.it.tpch.TpchData;
import io.datasetdb.store.WriteOptions;
import io.trino.tpcds.Results;
import io.trino.tpcds.Session;
import io.trino.tpcds.Table;
import io.trino.tpcds.column.Column;
import io.trino.tpcds.column.ColumnType;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The 24 tables at some scale, generated to text and deposited from there. */
final class TpcdsData {
    private static final int ROW_GROUP_ROWS = 20_000;

    private TpcdsData() {}

    private static List<Table> tables() {
        return Table.getBaseTables().stream()
                .filter(table -> table != Table.DBGEN_VERSION)
                .toList();
    }

    /** Deposits all tables, in row groups small enough for threads to share them; returns the URL of the warehouse. */
    static String deposit(Path folder, double scale) throws IOException, SQLException {
        Path warehouse = folder.resolve("warehouse");
        String url = "jdbc:datasetdb:" + warehouse;
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (Table table : tables()) {
                Path text = folder.resolve(table.getName() + ".csv");
                long rows = generate(table, scale, text);
                statement.execute("CREATE DATASET " + table.getName() + " AS SELECT * FROM TABLE(read_csv('" + text
                        + "', delimiter => '|', header => FALSE, columns => '" + columns(table) + "'))");
                Files.delete(text);
                // larger ones have several row groups anyhow
                if (rows > ROW_GROUP_ROWS && rows < 2 * WriteOptions.DEFAULT.rowGroupRows()) {
                    Pieces.rewrite(warehouse, table.getName(), ROW_GROUP_ROWS, 1L << 30);
                }
            }
        }
        return url;
    }

    /** A table of returns comes with the table of the sales that are returned. */
    private static long generate(Table table, double scale, Path text) throws IOException {
        Table source = table.isChild() ? table.getParent() : table;
        int place = table.isChild() ? 1 : 0;
        Session session = Session.getDefaultSession().withScale(scale);
        long written = 0;
        try (BufferedWriter out = Files.newBufferedWriter(text)) {
            for (List<List<String>> rows : Results.constructResults(source, session)) {
                if (rows.size() > place) {
                    out.write(rows.get(place).stream()
                            .map(value -> value == null ? "" : value)
                            .collect(Collectors.joining("|")));
                    out.write('\n');
                    written++;
                }
            }
        }
        return written;
    }

    private static String columns(Table table) {
        return Arrays.stream(table.getColumns())
                .map(column -> column.getName() + " " + type(column))
                .collect(Collectors.joining(", "));
    }

    private static String type(Column column) {
        ColumnType type = column.getType();
        return switch (type.getBase()) {
            case INTEGER -> "INTEGER";
            case IDENTIFIER -> "BIGINT";
            case DATE -> "DATE";
            case DECIMAL ->
                "DECIMAL(" + type.getPrecision().orElseThrow() + ", "
                        + type.getScale().orElseThrow() + ")";
            case CHAR, VARCHAR, TIME -> "VARCHAR";
        };
    }

    /** DuckDB, in memory, with the tables as views of the same Parquet files. */
    static Connection duckDb(String url) throws SQLException {
        Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = duck.createStatement()) {
            for (Table table : tables()) {
                statement.execute("CREATE VIEW " + table.getName() + " AS SELECT * FROM read_parquet(["
                        + TpchData.files(connection, table.getName()) + "])");
            }
        }
        return duck;
    }

    /** The text of a query, e.g. {@code 14b}. */
    static String query(String number) throws IOException {
        try (var in = TpcdsData.class.getResourceAsStream("/tpcds/q" + number + ".sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
