// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.tpch;

import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The eight tables at some scale, generated to text and deposited from there. */
public final class TpchData {
    /** Columns in the order of the generated text. */
    static final Map<String, String> TABLES = tables();

    private TpchData() {}

    private static Map<String, String> tables() {
        Map<String, String> tables = new LinkedHashMap<>();
        tables.put("region", "r_regionkey INTEGER, r_name VARCHAR, r_comment VARCHAR");
        tables.put("nation", "n_nationkey INTEGER, n_name VARCHAR, n_regionkey INTEGER, n_comment VARCHAR");
        tables.put("supplier", """
            s_suppkey BIGINT, s_name VARCHAR, s_address VARCHAR, s_nationkey INTEGER, s_phone VARCHAR,
            s_acctbal DECIMAL(15, 2), s_comment VARCHAR\
            """);
        tables.put("part", """
            p_partkey BIGINT, p_name VARCHAR, p_mfgr VARCHAR, p_brand VARCHAR, p_type VARCHAR, p_size INTEGER,
            p_container VARCHAR, p_retailprice DECIMAL(15, 2), p_comment VARCHAR\
            """);
        tables.put("partsupp", """
            ps_partkey BIGINT, ps_suppkey BIGINT, ps_availqty INTEGER, ps_supplycost DECIMAL(15, 2),
            ps_comment VARCHAR\
            """);
        tables.put("customer", """
            c_custkey BIGINT, c_name VARCHAR, c_address VARCHAR, c_nationkey INTEGER, c_phone VARCHAR,
            c_acctbal DECIMAL(15, 2), c_mktsegment VARCHAR, c_comment VARCHAR\
            """);
        tables.put("orders", """
            o_orderkey BIGINT, o_custkey BIGINT, o_orderstatus VARCHAR, o_totalprice DECIMAL(15, 2),
            o_orderdate DATE, o_orderpriority VARCHAR, o_clerk VARCHAR, o_shippriority INTEGER, o_comment VARCHAR\
            """);
        tables.put("lineitem", """
            l_orderkey BIGINT, l_partkey BIGINT, l_suppkey BIGINT, l_linenumber INTEGER, l_quantity DECIMAL(15, 2),
            l_extendedprice DECIMAL(15, 2), l_discount DECIMAL(15, 2), l_tax DECIMAL(15, 2), l_returnflag VARCHAR,
            l_linestatus VARCHAR, l_shipdate DATE, l_commitdate DATE, l_receiptdate DATE, l_shipinstruct VARCHAR,
            l_shipmode VARCHAR, l_comment VARCHAR\
            """);
        return tables;
    }

    /** Deposits all tables, unless the warehouse has them; returns the URL of the warehouse. */
    static String deposit(Path folder, double scale) throws IOException, SQLException {
        String url = "jdbc:datasetdb:" + folder.resolve("warehouse");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> table : TABLES.entrySet()) {
                if (files(connection, table.getKey()).isEmpty()) {
                    deposit(statement, table.getKey(), table.getValue(), folder, scale);
                }
            }
        }
        return url;
    }

    private static void deposit(Statement statement, String table, String columns, Path folder, double scale)
            throws IOException, SQLException {
        Path text = folder.resolve(table + ".tbl");
        generate(table, scale, text);
        statement.execute("CREATE DATASET " + table + " AS SELECT * FROM TABLE(read_csv('" + text
                + "', delimiter => '|', header => FALSE, columns => '" + columns + "'))");
        Files.delete(text);
    }

    private static void generate(String table, double scale, Path text) throws IOException {
        TpchTable<?> generator = TpchTable.getTable(table);
        Files.createDirectories(text.getParent());
        try (BufferedWriter out = Files.newBufferedWriter(text)) {
            for (TpchEntity row : generator.createGenerator(scale, 1, 1)) {
                String line = row.toLine();
                // every field of the text form ends with a bar, the last one too
                out.write(line, 0, line.length() - 1);
                out.write('\n');
            }
        }
    }

    /** The files of the latest version of a dataset as a list of SQL literals. */
    public static String files(Connection connection, String dataset) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT f.uri FROM registry.files f JOIN registry.datasets d ON f.name = d.name AND f.version"
                                + " = d.latest_version WHERE d.name = '" + dataset + "' ORDER BY f.uri")) {
            StringBuilder result = new StringBuilder();
            while (rows.next()) {
                result.append(result.length() == 0 ? "" : ", ")
                        .append('\'')
                        .append(rows.getString(1).replaceFirst("^file:(//)?", ""))
                        .append('\'');
            }
            return result.toString();
        }
    }

    /** DuckDB, in memory, with the tables as views of the same Parquet files. */
    static Connection duckDb(String url, int threads) throws SQLException {
        Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = duck.createStatement()) {
            statement.execute("SET threads = " + threads);
            for (String table : TABLES.keySet()) {
                statement.execute(
                        "CREATE VIEW " + table + " AS SELECT * FROM read_parquet([" + files(connection, table) + "])");
            }
        }
        return duck;
    }

    /** The text of a query, 1 to 22. */
    static String query(int number, double scale) throws IOException {
        String name = String.format("/tpch/q%02d.sql", number);
        try (var in = TpchData.class.getResourceAsStream(name)) {
            String text = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            return text.replace(
                            "${fraction}",
                            java.math.BigDecimal.valueOf(0.0001 / scale).toPlainString())
                    .lines()
                    .collect(Collectors.joining("\n"));
        }
    }
}
