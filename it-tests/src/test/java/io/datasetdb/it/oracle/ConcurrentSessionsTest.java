// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.it.Pieces;
import io.datasetdb.it.fault.OpenFiles;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sessions that ask at the same time, more than there are threads, get what one gets that asks alone. */
@Timeout(600)
class ConcurrentSessionsTest {
    private static final long SEED = Long.getLong("oracle.seed", 20260102L);
    private static final int SESSIONS = 6;
    private static final int ROUNDS = Integer.getInteger("oracle.rounds", 40);

    @TempDir
    Path folder;

    @Test
    void sessionsDoNotDisturbEachOther() throws Exception {
        Path warehouse = folder.resolve("warehouse");
        List<OracleData.Table> tables = OracleData.tables(SEED);
        List<String> differences = new ArrayList<>();
        try (Peer alone = Peers.ours(tables, warehouse);
                Peer duckDb = Peers.duckDb(List.of())) {
            tables.forEach(table -> Pieces.rewrite(warehouse, table.name(), 32, 20_000));
            LargeTable.create(duckDb, alone, warehouse, folder.resolve("big.parquet"), SEED);
            List<Map.Entry<String, List<String>>> answers =
                    List.copyOf(answers(alone).entrySet());
            List<CompletableFuture<List<String>>> sessions = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                long seed = SEED + i;
                sessions.add(CompletableFuture.supplyAsync(
                        () -> differences(warehouse, answers, seed), task -> new Thread(task).start()));
            }
            for (CompletableFuture<List<String>> session : sessions) {
                differences.addAll(session.get());
            }
            assertThat(OpenFiles.below(warehouse.resolve("data")))
                    .as("open files")
                    .isEmpty();
        }
        assertThat(differences).isEmpty();
    }

    private static Map<String, List<String>> answers(Peer alone) throws SQLException {
        QueryGenerator generator = new QueryGenerator(SEED);
        Map<String, List<String>> answers = new LinkedHashMap<>();
        for (int i = 0; i < 60; i++) {
            String sql = generator.next();
            answers.put(sql, alone.rows(sql));
        }
        List<String> large = LargeTable.queries(SEED);
        for (int i = 0; i < 10; i++) {
            String sql = large.get(i * 7 % large.size());
            answers.put(sql, alone.rows(sql));
        }
        return answers;
    }

    private static List<String> differences(Path warehouse, List<Map.Entry<String, List<String>>> answers, long seed) {
        Random random = new Random(seed);
        Variations variations = new Variations(seed);
        List<String> differences = new ArrayList<>();
        try (Peer session = Peers.session(warehouse)) {
            for (int round = 0; round < ROUNDS; round++) {
                String settings = variations.choose(session.connection());
                Map.Entry<String, List<String>> query = answers.get(random.nextInt(answers.size()));
                if (random.nextInt(5) == 0) {
                    leave(session, query.getKey(), variations);
                } else if (!variations
                        .rows(session, query.getKey(), query.getValue())
                        .equals(query.getValue())) {
                    differences.add("seed " + seed + ", round " + round + ", " + settings + ": " + query.getKey());
                }
            }
        } catch (SQLException e) {
            differences.add("seed " + seed + ": " + e);
        }
        return differences;
    }

    /** Looks at one row and loses interest. */
    private static void leave(Peer session, String sql, Variations variations) throws SQLException {
        try (Statement statement = session.connection().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
        } catch (SQLException e) {
            variations.excuse(e);
        }
    }
}
