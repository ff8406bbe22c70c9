// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.it.Pieces;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Generated queries on three engines. We must agree with DuckDB on every one of them, whatever the settings; where Calcite's own engine differs from
 * both, it is counted and printed, because it has known wrong results, and they must stay few.
 */
class OracleTest {
    private static final long SEED = Long.getLong("oracle.seed", 20260101L);
    private static final int QUERIES = Integer.getInteger("oracle.queries", 400);

    @TempDir
    Path folder;

    private final List<String> differences = new ArrayList<>();
    private final Variations variations = new Variations(SEED);

    @Test
    void generatedQueriesAnswerTheSameOnThreeEngines() throws Exception {
        List<OracleData.Table> tables = OracleData.tables(SEED);
        QueryGenerator generator = new QueryGenerator(SEED);
        List<String> calciteAlone = new ArrayList<>();
        int withRows = 0;
        Path warehouse = folder.resolve("warehouse");
        try (Peer ours = Peers.ours(tables, warehouse);
                Peer varied = Peers.session(warehouse);
                Peer duckDb = Peers.duckDb(tables);
                Peer calcite = Peers.calcite(tables)) {
            divide(tables, warehouse);
            for (int i = 0; i < QUERIES; i++) {
                String sql = generator.next();
                List<String> expected = duckDb.rows(sql);
                withRows += expected.isEmpty() ? 0 : 1;
                if (isSame(ours, varied, sql, expected)) {
                    String difference = difference(calcite.name(), () -> calcite.rows(sql), expected);
                    if (difference != null) {
                        calciteAlone.add(sql + "\n" + difference);
                    }
                }
            }
        }
        System.out.println(QUERIES + " queries, Calcite alone differs in " + calciteAlone.size() + ":");
        calciteAlone.forEach(System.out::println);
        assertThat(withRows).as("queries with rows").isGreaterThan(QUERIES * 3 / 4);
        assertThat(differences).as("differences to DuckDB").isEmpty();
        assertThat(calciteAlone).as("queries in which only Calcite differs").hasSizeLessThan(QUERIES / 20);
        assertThat(variations.refused())
                .as("queries that did not fit into memory")
                .isLessThan(QUERIES / 4);
    }

    @Test
    void aggregateFunctionsAnswerTheSameAsDuckDb() throws Exception {
        List<OracleData.Table> tables = OracleData.tables(SEED);
        Path warehouse = folder.resolve("aggregates");
        try (Peer ours = Peers.ours(tables, warehouse);
                Peer varied = Peers.session(warehouse);
                Peer duckDb = Peers.duckDb(tables)) {
            divide(tables, warehouse);
            for (String sql : AggregateQueries.all()) {
                isSame(ours, varied, sql, duckDb.rows(sql));
            }
        }
        assertThat(differences).as("differences to DuckDB").isEmpty();
    }

    @Test
    void largeQueriesAnswerTheSameAsDuckDb() throws Exception {
        Path warehouse = folder.resolve("large");
        try (Peer ours = Peers.ours(List.of(), warehouse);
                Peer varied = Peers.session(warehouse);
                Peer duckDb = Peers.duckDb(List.of())) {
            LargeTable.create(duckDb, ours, warehouse, folder.resolve("big.parquet"), SEED);
            for (String sql : LargeTable.queries(SEED)) {
                isSame(ours, varied, sql, duckDb.rows(sql));
            }
        }
        assertThat(differences).as("differences to DuckDB").isEmpty();
    }

    /** In row groups of 32 rows, so that several threads take part in every query. */
    private static void divide(List<OracleData.Table> tables, Path warehouse) {
        tables.forEach(table -> Pieces.rewrite(warehouse, table.name(), 32, 20_000));
    }

    /** Whether we have the expected rows, with everything switched on and under settings that are chosen for each query. */
    private boolean isSame(Peer ours, Peer varied, String sql, List<String> expected) throws SQLException {
        String settings = variations.choose(varied.connection());
        String difference = difference(ours.name(), () -> ours.rows(sql), expected);
        if (difference == null) {
            difference = difference(settings, () -> variations.rows(varied, sql, expected), expected);
        }
        if (difference != null) {
            differences.add("seed " + SEED + ": " + sql + "\n" + difference);
        }
        return difference == null;
    }

    private interface Answer {
        List<String> rows() throws SQLException;
    }

    /** What is different, or null. */
    private static String difference(String name, Answer answer, List<String> expected) {
        List<String> actual;
        try {
            actual = answer.rows();
        } catch (SQLException e) {
            return name + ": " + e.getSQLState() + " "
                    + e.getMessage().lines().findFirst().orElse("");
        }
        if (actual.equals(expected)) {
            return null;
        }
        List<String> missing = new ArrayList<>(expected);
        actual.forEach(missing::remove);
        List<String> extra = new ArrayList<>(actual);
        expected.forEach(extra::remove);
        if (RoundedRows.areEqual(missing, extra)) {
            return null;
        }
        return name + ": " + actual.size() + " rows instead of " + expected.size() + ", missing "
                + missing.stream().limit(3).toList() + ", extra "
                + extra.stream().limit(3).toList();
    }
}
