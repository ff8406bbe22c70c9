// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.it.script.Client;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What JDBC tools see of datasets, views and system tables before the first statement. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class MetadataTest {
    private static final List<String> STATEMENTS = List.of(
            "CREATE PROJECT main.lab",
            "CREATE DATASET img_1 COMMENT 'all images' AS SELECT 1 AS id, CAST(NULL AS DECIMAL(20, 2)) AS price, 'x'"
                    + " AS \"Label\", TIMESTAMP '2026-01-01 00:00:00' AS taken, CAST(1.5 AS REAL) AS score, ARRAY[1, 2] AS"
                    + " tags, MAP['k', 1] AS props, CAST(ROW(1, 'p') AS ROW(n INTEGER, p VARCHAR)) AS file",
            "CREATE OR REPLACE DATASET img_1 AS SELECT * FROM img_1",
            "COMMENT ON COLUMN img_1.price IS 'in EUR'",
            "CREATE DATASET imgx AS SELECT 1 AS id",
            "CREATE DATASET lab.img_1 AS SELECT 1 AS id",
            "CREATE DATASET gone AS SELECT 1 AS id",
            "DROP DATASET gone",
            "CREATE VIEW seen AS SELECT id, price FROM img_1");

    @TempDir
    private Path folder;

    private Place place;
    private Connection connection;

    private DatabaseMetaData open(Client client) throws SQLException {
        place = Place.open(client, folder.resolve("warehouse"));
        connection = place.connect();
        try (Statement statement = connection.createStatement()) {
            for (String sql : STATEMENTS) {
                statement.execute(sql);
            }
        }
        return connection.getMetaData();
    }

    @org.junit.jupiter.api.AfterEach
    void close() throws SQLException {
        connection.close();
        place.close();
    }

    /** Some columns of all rows, separated by {@code " | "}. */
    private static List<String> rows(ResultSet rows, String... columns) throws SQLException {
        List<String> result = new ArrayList<>();
        try (rows) {
            while (rows.next()) {
                List<String> cells = new ArrayList<>();
                for (String column : columns) {
                    cells.add(Objects.toString(rows.getString(column)));
                }
                result.add(String.join(" | ", cells));
            }
        }
        return result;
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void datasetsViewsAndSystemTablesAreListedInTheOrderOfJdbc(Client client) throws SQLException {
        DatabaseMetaData metaData = open(client);
        assertThat(rows(
                        metaData.getTables("main", null, null, null),
                        "TABLE_CAT",
                        "TABLE_SCHEM",
                        "TABLE_NAME",
                        "TABLE_TYPE",
                        "REMARKS"))
                .containsExactly(
                        "main | lab | img_1 | TABLE | null",
                        "main | public | img_1 | TABLE | all images",
                        "main | public | imgx | TABLE | null",
                        "main | public | seen | VIEW | null");
        assertThat(rows(metaData.getTables(null, "registry", "versions", null), "TABLE_CAT", "TABLE_TYPE"))
                .containsExactly("system | SYSTEM TABLE");
        assertThat(rows(metaData.getTables(null, null, "%", new String[] {"SYSTEM TABLE"}), "TABLE_NAME"))
                .contains("datasets", "versions", "columns", "dependencies", "column_lineage", "metrics", "params")
                .contains("functions", "function_uses", "files", "jobs", "queries", "listings", "views")
                .isSorted();
        assertThat(rows(metaData.getTables(null, null, null, new String[] {"VIEW", "TABLE"}), "TABLE_NAME"))
                .containsExactly("img_1", "img_1", "imgx", "seen");
        assertThat(rows(metaData.getTables(null, null, null, new String[] {"ALIAS"}), "TABLE_NAME"))
                .isEmpty();
        assertThat(rows(metaData.getTableTypes(), "TABLE_TYPE")).containsExactly("SYSTEM TABLE", "TABLE", "VIEW");
        assertThat(rows(metaData.getCatalogs(), "TABLE_CAT")).containsExactly("main", "system");
        assertThat(rows(metaData.getSchemas(), "TABLE_CATALOG", "TABLE_SCHEM"))
                .contains("main | lab", "main | public", "system | registry")
                .isSorted();
        assertThat(rows(metaData.getSchemas("main", "l_b"), "TABLE_SCHEM")).containsExactly("lab");
        assertThat(rows(metaData.getSchemas("m%", null), "TABLE_SCHEM")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void patternsMatchAsLikeDoesWithoutRegardToCase(Client client) throws SQLException {
        DatabaseMetaData metaData = open(client);
        assertThat(metaData.getSearchStringEscape()).isEqualTo("\\");
        assertThat(rows(metaData.getTables("main", "public", "img_", null), "TABLE_NAME"))
                .containsExactly("imgx");
        assertThat(rows(metaData.getTables("main", "public", "IMG__", null), "TABLE_NAME"))
                .containsExactly("img_1");
        assertThat(rows(metaData.getTables("MAIN", "public", "img\\_%", null), "TABLE_NAME"))
                .containsExactly("img_1");
        assertThat(rows(metaData.getTables("main", "public", "%g%", null), "TABLE_NAME"))
                .containsExactly("img_1", "imgx");
        assertThat(rows(metaData.getTables("main", "public", "", null), "TABLE_NAME"))
                .isEmpty();
        // Versions are no tables of their own.
        assertThat(rows(metaData.getTables(null, null, "%@%", null), "TABLE_NAME"))
                .isEmpty();
        assertThat(rows(metaData.getColumns(null, "lab", "IMG%", null), "COLUMN_NAME"))
                .containsExactly("id");
        assertThat(rows(metaData.getColumns("main", "public", "img\\_1", "LAB%"), "COLUMN_NAME"))
                .containsExactly("Label");
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void columnsHaveTheirTypesOrderAndRemarks(Client client) throws SQLException {
        DatabaseMetaData metaData = open(client);
        assertThat(rows(
                        metaData.getColumns("main", "public", "img\\_1", null),
                        "ORDINAL_POSITION",
                        "COLUMN_NAME",
                        "TYPE_NAME",
                        "NULLABLE",
                        "IS_NULLABLE",
                        "REMARKS"))
                .containsExactly(
                        "1 | id | INTEGER | 0 | NO | null",
                        "2 | price | DECIMAL(20, 2) | 1 | YES | in EUR",
                        "3 | Label | VARCHAR | 0 | NO | null",
                        "4 | taken | TIMESTAMP | 0 | NO | null",
                        "5 | score | REAL | 0 | NO | null",
                        "6 | tags | INTEGER ARRAY | 0 | NO | null",
                        "7 | props | MAP<VARCHAR, INTEGER> | 0 | NO | null",
                        "8 | file | ROW(n INTEGER, p VARCHAR) | 0 | NO | null");
        assertThat(rows(
                        metaData.getColumns("main", "public", "img\\_1", "price"),
                        "DATA_TYPE",
                        "COLUMN_SIZE",
                        "DECIMAL_DIGITS",
                        "NUM_PREC_RADIX"))
                .containsExactly(Types.DECIMAL + " | 20 | 2 | 10");
        assertThat(rows(metaData.getColumns("main", "public", "img\\_1", "t%"), "DATA_TYPE"))
                .containsExactly("" + Types.TIMESTAMP, "" + Types.ARRAY);
        assertThat(rows(metaData.getColumns(null, null, "seen", null), "TABLE_NAME", "COLUMN_NAME", "TYPE_NAME"))
                .containsExactly("seen | id | INTEGER", "seen | price | DECIMAL(20, 2)");
        assertThat(rows(metaData.getColumns(null, "registry", "datasets", "depends_on"), "TYPE_NAME", "IS_NULLABLE"))
                .containsExactly("VARCHAR ARRAY | NO");
        List<String> all = rows(metaData.getColumns(null, null, null, null), "TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME");
        assertThat(all).contains("main | lab | img_1", "system | registry | views");
        assertThat(all).isSorted();
    }

    /** Stock clients show three digits of a second in results, which is all that they can read. */
    @ParameterizedTest
    @EnumSource(
            value = Client.class,
            names = {"EMBEDDED", "OWN_REMOTE"})
    void columnsOfAResultAreThoseOfTheMetadata(Client client) throws SQLException {
        DatabaseMetaData metaData = open(client);
        List<String> columns = rows(
                metaData.getColumns("main", "public", "img\\_1", null),
                "COLUMN_NAME",
                "DATA_TYPE",
                "COLUMN_SIZE",
                "DECIMAL_DIGITS",
                "NULLABLE");
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT * FROM img_1")) {
            var known = result.getMetaData();
            List<String> found = new ArrayList<>();
            for (int i = 1; i <= known.getColumnCount(); i++) {
                found.add(Arrays.asList(
                                known.getColumnLabel(i),
                                known.getColumnType(i),
                                known.getPrecision(i),
                                known.getScale(i),
                                known.isNullable(i))
                        .stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(" | ")));
            }
            assertThat(found).isEqualTo(columns);
        }
    }

    /** What tools do when somebody picks a schema that the metadata lists. */
    @ParameterizedTest
    @EnumSource(Client.class)
    void everyListedSchemaMayBecomeTheCurrentOne(Client client) throws SQLException {
        DatabaseMetaData metaData = open(client);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE NAMESPACE far");
            statement.execute("CREATE PROJECT far.away");
            statement.execute("CREATE DATASET far.away.here AS SELECT 1 AS x");
            List<String> schemas = rows(metaData.getSchemas(), "TABLE_CATALOG", "TABLE_SCHEM");
            assertThat(schemas).contains("far | away", "main | public", "system | registry");
            for (String schema : schemas) {
                connection.setCatalog(schema.split(" \\| ")[0]);
                connection.setSchema(schema.split(" \\| ")[1]);
                assertThat(connection.getCatalog() + " | " + connection.getSchema())
                        .isEqualTo(schema);
            }
            connection.setCatalog("far");
            assertThat(connection.getSchema()).isEqualTo("away");
            assertThat(rows(statement.executeQuery("SELECT x FROM here"), "x")).containsExactly("1");
            connection.setCatalog("system");
            connection.setSchema("registry");
            assertThat(rows(statement.executeQuery("SELECT count(*) AS n FROM versions WHERE name = 'here'"), "n"))
                    .containsExactly("1");
        }
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void whatThereIsNoneOfIsEmptyAndNoError(Client client) throws SQLException {
        DatabaseMetaData metaData = open(client);
        assertThat(rows(metaData.getPrimaryKeys("main", "public", "img_1"), "COLUMN_NAME"))
                .isEmpty();
        assertThat(rows(metaData.getImportedKeys("main", "public", "img_1"), "FKCOLUMN_NAME"))
                .isEmpty();
        assertThat(rows(metaData.getExportedKeys(null, null, "img_1"), "FKCOLUMN_NAME"))
                .isEmpty();
        assertThat(rows(metaData.getIndexInfo(null, null, "img_1", false, true), "INDEX_NAME"))
                .isEmpty();
        assertThat(rows(metaData.getProcedures(null, null, null), "PROCEDURE_NAME"))
                .isEmpty();
        assertThat(rows(metaData.getBestRowIdentifier(null, null, "img_1", 0, true), "COLUMN_NAME"))
                .isEmpty();
        assertThat(rows(metaData.getUDTs(null, null, null, null), "TYPE_NAME")).isEmpty();
        assertThat(rows(metaData.getTablePrivileges(null, null, null), "TABLE_NAME"))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void typesAreListedByTheirCodes(Client client) throws SQLException {
        DatabaseMetaData metaData = open(client);
        List<Integer> codes = new ArrayList<>();
        List<String> names = new ArrayList<>();
        try (ResultSet types = metaData.getTypeInfo()) {
            while (types.next()) {
                codes.add(types.getInt("DATA_TYPE"));
                names.add(types.getString("TYPE_NAME"));
            }
        }
        assertThat(codes).isSorted();
        assertThat(names).contains("BIGINT", "VARCHAR", "DECIMAL", "TIMESTAMP", "UUID", "VARBINARY");
    }

    @ParameterizedTest
    @EnumSource(
            value = Client.class,
            names = {"EMBEDDED", "OWN_REMOTE"})
    void functionsAreFound(Client client) throws SQLException {
        DatabaseMetaData metaData = open(client);
        assertThat(rows(metaData.getFunctions(null, null, "file\\_e%"), "FUNCTION_NAME", "SPECIFIC_NAME"))
                .containsExactly("file_ext | file_ext(VARCHAR)");
        assertThat(rows(metaData.getFunctions(null, null, null), "FUNCTION_NAME"))
                .contains("cosine_distance", "list_storage", "read_parquet")
                .isSorted();
        assertThat(rows(metaData.getFunctions(null, null, "list\\_s%"), "FUNCTION_TYPE", "REMARKS"))
                .singleElement()
                .asString()
                .startsWith(DatabaseMetaData.functionReturnsTable + " | ");
        assertThat(rows(metaData.getFunctions(null, null, "FILE\\_EXT"), "FUNCTION_TYPE", "REMARKS"))
                .singleElement()
                .asString()
                .matches(DatabaseMetaData.functionNoTable + " \\| .+\\.");
    }

    @ParameterizedTest
    @EnumSource(
            value = Client.class,
            names = {"EMBEDDED", "OWN_REMOTE"})
    void functionsTellTheirParametersAndResults(Client client) throws SQLException {
        DatabaseMetaData metaData = open(client);
        try (Statement statement = metaData.getConnection().createStatement()) {
            statement.execute("CREATE FUNCTION scaled(x DOUBLE, by_how DECIMAL(6, 2)) RETURNS REAL ARRAY LANGUAGE JAVA"
                    + " AS 'return new float[] {(float) (x * by_how.doubleValue())};'");
            statement.execute(
                    "CREATE FUNCTION countdown(n INTEGER) RETURNS TABLE (i INTEGER, word VARCHAR) LANGUAGE JAVA"
                            + " AS 'return List.of(new Row(n, \"x\"));'");
        }
        String[] columns = {
            "COLUMN_NAME", "COLUMN_TYPE", "DATA_TYPE", "TYPE_NAME", "PRECISION", "SCALE", "ORDINAL_POSITION"
        };
        assertThat(rows(metaData.getFunctionColumns(null, null, "scaled", null), columns))
                .containsExactly(
                        " | 4 | " + Types.ARRAY + " | REAL ARRAY | 2147483647 | null | 0",
                        "x | 1 | " + Types.DOUBLE + " | DOUBLE | 15 | 0 | 1",
                        "by_how | 1 | " + Types.DECIMAL + " | DECIMAL(6, 2) | 6 | 2 | 2");
        assertThat(rows(metaData.getFunctionColumns(null, null, "count_own", "%o%"), "COLUMN_NAME", "COLUMN_TYPE"))
                .containsExactly("word | 5");
        assertThat(rows(metaData.getFunctions(null, null, "scaled"), "FUNCTION_NAME", "SPECIFIC_NAME"))
                .containsExactly("scaled | scaled(DOUBLE, DECIMAL(6, 2))");
        assertThat(rows(metaData.getFunctionColumns(null, null, "nosuch", null), "COLUMN_NAME"))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void functionsAreATableToo(Client client) throws SQLException {
        try (Statement statement = open(client).getConnection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT data_type FROM registry.function_columns()"
                        + " WHERE function_name = 'file_ext' ORDER BY ordinal_position")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("VARCHAR");
        }
    }
}
