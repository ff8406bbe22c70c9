// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql;

import io.datasetdb.store.DatasetStore;
import io.datasetdb.store.DatasetWriter;
import io.datasetdb.store.WriteOptions;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Statements of the usual kinds over a small file of its own, so that the first ones of users find classes loaded and code
 * compiled. Nothing of it is recorded; its file goes with it.
 */
final class WarmUp {
    private static final int ROWS = 5000;

    /** Further rounds compile more, but take time from users who are there already. */
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private static final Schema SCHEMA = Schema.of(
            Field.required("n", DataType.BIGINT),
            Field.required("k", DataType.INTEGER),
            Field.required("s", DataType.VARCHAR),
            Field.required("d", DataType.decimal(12, 2)),
            Field.required("t", DataType.DATE));

    private static final List<String> QUERIES = List.of(
            "SELECT * FROM %1$s LIMIT 10",
            "SELECT count(*) AS c FROM %1$s",
            "SELECT k, s, sum(d) AS a, avg(d) AS b, min(t) AS c, count(*) AS e FROM %1$s WHERE t >= DATE '1970-01-10'"
                    + " AND d BETWEEN 1 AND 900 GROUP BY k, s ORDER BY a DESC, k, s LIMIT 10",
            "SELECT a.s, b.t, sum(a.d * (1 - b.d)) AS x FROM %1$s a, %1$s b WHERE a.n = b.n AND b.s LIKE '%%1%%'"
                    + " AND a.k IN (1, 2, 3) GROUP BY a.s, b.t ORDER BY x DESC, b.t, a.s",
            "SELECT CASE WHEN a.k > 5 THEN 'x' ELSE upper(a.s) END AS c, count(DISTINCT a.n) AS e FROM %1$s a"
                    + " LEFT JOIN %1$s b ON a.n = b.n AND b.k < 3 WHERE EXISTS (SELECT 1 FROM %1$s c WHERE c.n = a.k)"
                    + " AND a.d < (SELECT max(d) FROM %1$s) GROUP BY 1 HAVING count(*) > 1 ORDER BY 2",
            "SELECT n, row_number() OVER (PARTITION BY k ORDER BY t, n) AS r FROM %1$s ORDER BY n DESC, r");

    private final Session session;

    private WarmUp(Session session) {
        this.session = session;
    }

    /** Runs until the time is over; fails if the session is closed. */
    static void run(Session session) throws IOException {
        Path folder = Files.createTempDirectory("datasetdb-warm-");
        try {
            new WarmUp(session).run(folder);
        } finally {
            remove(folder);
        }
    }

    private void run(Path folder) {
        String table;
        try (DatasetStore store = DatasetStore.open(folder.toString());
                DatasetWriter writer = store.writer("rows", SCHEMA, WriteOptions.DEFAULT)) {
            rows().forEach(writer::write);
            table = "read_parquet('" + store.uri(writer.finish().get(0).path()) + "')";
        }
        long start = System.nanoTime();
        while (System.nanoTime() - start < LIMIT.toNanos()) {
            for (String query : QUERIES) {
                try (StatementResult result = session.execute(String.format(query, table))) {
                    Batch batch = result.next();
                    while (batch != null) {
                        batch = result.next();
                    }
                }
            }
        }
    }

    private static List<Batch> rows() {
        List<Batch> result = new ArrayList<>();
        for (int from = 0; from < ROWS; from += Batch.SIZE) {
            int count = Math.min(Batch.SIZE, ROWS - from);
            List<VectorBuilder> builders = SCHEMA.fields().stream()
                    .map(field -> VectorBuilder.of(field.type(), count))
                    .toList();
            for (int i = from; i < from + count; i++) {
                builders.get(0).append((long) i);
                builders.get(1).append(i % 10);
                builders.get(2).append("text " + i % 100);
                builders.get(3).append(BigDecimal.valueOf(i % 1000 * 100L, 2));
                builders.get(4).append(LocalDate.ofEpochDay(i % 365));
            }
            List<Vector> columns = builders.stream().map(VectorBuilder::build).toList();
            result.add(Batch.of(columns, count));
        }
        return result;
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
