// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.BundleExport;
import io.datasetdb.registry.BundleImport;
import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.Garbage;
import io.datasetdb.registry.GarbageCollection;
import io.datasetdb.registry.Progress;
import io.datasetdb.registry.Registry;
import io.datasetdb.registry.Verification;
import io.datasetdb.registry.VersionSelector;
import io.datasetdb.sql.Cancellation;
import io.datasetdb.sql.Session;
import io.datasetdb.sql.SessionOptions;
import io.datasetdb.store.DatasetStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class VectorIndexStatementTest {
    private static final long SEED = 11;
    private static final int ROWS = 12_000;
    private static final int DIMENSION = 6;
    private static final String CREATE = "CREATE VECTOR INDEX ON x (emb)";
    private static final String QUERY = "ARRAY[0.5, -0.2, 0.1, 0.7, 0.3, -0.4]";
    private static final String NEAREST = "SELECT id FROM x ORDER BY l2_distance(emb, " + QUERY + ") LIMIT 10";

    @TempDir
    Path warehouse;

    @TempDir
    Path elsewhere;

    private Db db;

    @BeforeEach
    void open() {
        db = Db.open(warehouse);
    }

    @AfterEach
    void close() {
        db.close();
    }

    /** Rows whose vectors are spread, with ids from {@code first} on. */
    private static String rows(int first, int count, String type) {
        String elements = IntStream.range(0, DIMENSION)
                .mapToObj(d -> "CAST(sin(i * " + (1.1 + d * 0.37) + ") AS " + type + ")")
                .collect(Collectors.joining(", "));
        return "SELECT i AS id, ARRAY[" + elements + "] AS emb FROM generate_series(" + first + ", "
                + (first + count - 1) + ") AS g(i)";
    }

    private void deposit() {
        db.rows("CREATE DATASET x AS " + rows(1, ROWS, "REAL"));
    }

    private List<String> exact(String query) {
        try (Session session = db.engine().openSession(SessionOptions.of("exact"))) {
            Db.rows(session, "SET disabled_optimizers = 'vector_index'");
            return Db.rows(session, query);
        }
    }

    private String plan(String query) {
        return String.join("\n", db.rows("EXPLAIN " + query));
    }

    private List<String> indexes() {
        return db.rows("SELECT column_name, file_count, row_count FROM registry.vector_indexes");
    }

    private Set<Path> files() throws IOException {
        try (Stream<Path> below = Files.walk(warehouse.resolve("data"))) {
            return below.filter(Files::isRegularFile).collect(Collectors.toSet());
        }
    }

    /** The index file of the only data file. */
    private Path indexFile(Set<Path> before) throws IOException {
        Set<Path> added = new HashSet<>(files());
        added.removeAll(before);
        assertThat(added).hasSize(1);
        return added.iterator().next();
    }

    @ParameterizedTest
    @ValueSource(strings = {"REAL", "DOUBLE"})
    void nearlyTheSameRowsAreFoundAsWithoutIt(String type) {
        db.rows("CREATE DATASET x AS " + rows(1, ROWS, type));
        assertThat(db.rows(CREATE)).singleElement().asString().startsWith("main.public.x | emb | 1 | " + ROWS + " | ");
        Random random = new Random(SEED);
        int hits = 0;
        int all = 0;
        for (String order :
                List.of("cosine_distance(emb, %s)", "euclidean_distance(%s, emb)", "inner_product(emb, %s) DESC")) {
            for (int i = 0; i < 10; i++) {
                String vector = random.doubles(DIMENSION, -1, 1)
                        .mapToObj(Double::toString)
                        .collect(Collectors.joining(", ", "ARRAY[", "]"));
                String query = "SELECT id FROM x ORDER BY " + String.format(order, vector) + " LIMIT 10 OFFSET 3";
                assertThat(plan(query)).contains("vector index on emb of 1 of 1 files");
                List<String> expected = exact(query);
                List<String> found = db.rows(query);
                assertThat(found).as("%s, seed %d", query, SEED).hasSize(10).doesNotHaveDuplicates();
                hits += (int) found.stream().filter(expected::contains).count();
                all += 10;
            }
        }
        assertThat(hits).as("of %d, seed %d", all, SEED).isGreaterThanOrEqualTo(all * 95 / 100);
    }

    @Test
    void theVectorAndTheNumberOfRowsMayBeParameters() {
        deposit();
        db.rows(CREATE);
        List<Float> vector = List.of(0.5f, -0.2f, 0.1f, 0.7f, 0.3f, -0.4f);
        String query = "SELECT id FROM x ORDER BY l2_distance(emb, ?) LIMIT ? OFFSET ?";
        assertThat(plan(query.replace("LIMIT ? OFFSET ?", "LIMIT 10"))).contains("vector index");
        assertThat(db.rows(query, vector, 10, 0)).isEqualTo(db.rows(NEAREST)).isEqualTo(exact(NEAREST));
        assertThat(db.rows(query, vector, 3, 2)).isEqualTo(db.rows(NEAREST).subList(2, 5));
        assertThat(db.rows(query, vector, 0, 0)).isEmpty();
    }

    @Test
    void whateverIsNoOrdinaryVectorComesWhereItComesWithoutAnIndex() {
        db.rows("CREATE DATASET x AS " + rows(1, ROWS, "REAL"));
        String other = ", 1, 1, 1, 1, 1] AS REAL ARRAY)";
        db.rows("CREATE OR REPLACE DATASET x AS SELECT id, CASE id % 3000 WHEN 1 THEN CAST(NULL AS REAL ARRAY)"
                + " WHEN 2 THEN CAST(ARRAY[NULL" + other + " WHEN 3 THEN CAST(ARRAY[CAST('NaN' AS REAL)" + other
                + " WHEN 4 THEN CAST(ARRAY[CAST('Infinity' AS REAL)" + other
                + " WHEN 5 THEN CAST(ARRAY[0, 0, 0, 0, 0, 0] AS REAL ARRAY) ELSE emb END AS emb FROM x");
        assertThat(db.rows(CREATE)).singleElement().asString().contains("| 1 | " + ROWS + " |");
        List<String> vectors = List.of(
                QUERY,
                "ARRAY[0, 0, 0, 0, 0, 0]",
                "ARRAY[0.01, 0, 0, 0, 0, 0.01]",
                "ARRAY[1, NULL, 1, 1, 1, 1]",
                "CAST(NULL AS REAL ARRAY)");
        for (String vector : vectors) {
            for (String order : List.of(
                    "cosine_distance(emb, " + vector + ")",
                    "l2_distance(emb, " + vector + ")",
                    "inner_product(emb, " + vector + ") DESC")) {
                for (String limit : List.of("LIMIT 30", "LIMIT 12000", "LIMIT 20 OFFSET 11990", "LIMIT 0")) {
                    String query = "SELECT id, " + order.replace(" DESC", "") + " AS d FROM x ORDER BY d"
                            + (order.endsWith("DESC") ? " DESC" : "") + ", id " + limit;
                    assertThat(distances(db.rows(query))).as(query).isEqualTo(distances(exact(query)));
                }
            }
        }
        assertThat(db.failure("SELECT id FROM x ORDER BY l2_distance(emb, ARRAY[1, 2]) LIMIT 3"))
                .startsWith("22023 Cannot call euclidean_distance: the arrays have different lengths (6 and 2)");
    }

    @Test
    void rowsAtTheSameDistanceComeInTheOrderOfTheOtherKeys() {
        db.rows("CREATE DATASET x AS SELECT i AS id, CAST(ARRAY[sin(i % 100), sin(i % 100 * 1.7), 0.5] AS REAL ARRAY)"
                + " AS emb FROM generate_series(1, " + ROWS + ") AS g(i)");
        db.rows("INSERT INTO x SELECT id + " + ROWS + ", emb FROM x");
        db.rows(CREATE);
        for (String other : List.of("id DESC", "id % 7, id", "id")) {
            String query = "SELECT id FROM x ORDER BY l2_distance(emb, ARRAY[0.5, 0.25, -0.5]), " + other
                    + " LIMIT 5 OFFSET 2";
            assertThat(plan(query)).contains("of 2 of 2 files");
            assertThat(db.rows(query)).as(query).isEqualTo(exact(query));
        }
    }

    @Test
    void doublesAreMeasuredWithAllTheirDigits() {
        assertThat(db.rows("SELECT l2_distance(a, b), inner_product(a, ARRAY[1, 0]), l2_distance(CAST(a AS REAL ARRAY),"
                        + " b), inner_product(CAST(ARRAY[1e300] AS DOUBLE ARRAY), CAST(ARRAY[1e-300] AS DOUBLE"
                        + " ARRAY)) FROM (SELECT CAST(ARRAY[1700024923, 1] AS DOUBLE ARRAY) AS a,"
                        + " CAST(ARRAY[1700025000, 1] AS DOUBLE ARRAY) AS b) AS v"))
                .containsExactly("77.0 | 1.700024923E9 | 0.0 | 1.0");
        db.rows("CREATE DATASET x AS SELECT i AS id, CAST(ARRAY[1700000000 + i, i % 7, i % 11] AS DOUBLE ARRAY) AS emb"
                + " FROM generate_series(1, " + ROWS + ") AS g(i)");
        db.rows(CREATE);
        String query =
                "SELECT id FROM x ORDER BY l2_distance(emb, CAST(ARRAY[1700005000, 2, 6] AS DOUBLE ARRAY)) LIMIT 1";
        assertThat(plan(query)).contains("vector index");
        assertThat(db.rows(query)).containsExactly("5000").isEqualTo(exact(query));
    }

    private static List<String> distances(List<String> rows) {
        return rows.stream().map(row -> row.substring(row.indexOf('|'))).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id FROM x WHERE id > 5 ORDER BY l2_distance(emb, Q) LIMIT 3",
                "SELECT id FROM x ORDER BY l2_distance(emb, Q) DESC LIMIT 3",
                "SELECT id FROM x ORDER BY inner_product(emb, Q) LIMIT 3",
                "SELECT id FROM x ORDER BY l2_distance(emb, Q) NULLS FIRST LIMIT 3",
                "SELECT id FROM x ORDER BY l2_distance(emb, Q)",
                "SELECT id FROM x ORDER BY id, l2_distance(emb, Q) LIMIT 3",
                "SELECT id FROM x ORDER BY l2_distance(emb, emb) LIMIT 3",
                "SELECT id FROM x ORDER BY 1 + l2_distance(emb, Q) LIMIT 3",
                "SELECT x.id FROM x JOIN x AS y ON x.id = y.id ORDER BY l2_distance(x.emb, Q) LIMIT 3",
                "SELECT min(id) FROM x GROUP BY emb ORDER BY l2_distance(emb, Q) LIMIT 3",
                "SELECT y.id, (SELECT id FROM x ORDER BY l2_distance(emb, y.emb) LIMIT 1) FROM x AS y WHERE id = 3"
            })
    void otherQueriesReadAllRows(String query) {
        deposit();
        db.rows(CREATE);
        assertThat(plan(query.replace("Q", QUERY))).doesNotContain("vector index");
        assertThat(db.rows(query.replace("Q", QUERY))).isEqualTo(exact(query.replace("Q", QUERY)));
    }

    @Test
    void aPartOfAQueryMayUseIt() {
        deposit();
        db.rows(CREATE);
        String query = "SELECT count(*), sum(n.id) FROM (" + NEAREST + ") AS n JOIN x ON x.id = n.id";
        assertThat(plan(query)).contains("vector index");
        assertThat(db.rows(query)).isEqualTo(exact(query));
        db.rows("CREATE VIEW near AS " + NEAREST);
        assertThat(plan("SELECT * FROM near")).contains("vector index");
        assertThat(String.join("\n", db.rows("EXPLAIN ANALYZE " + NEAREST)))
                .containsPattern("compared [0-9,]+ vectors of indexes");
    }

    @Test
    void whatIsKeptIsExact() {
        deposit();
        db.rows(CREATE);
        for (String deposit : List.of("CREATE DATASET y AS ", "INSERT INTO y ", "CREATE OR REPLACE DATASET y AS ")) {
            assertThat(plan(deposit + NEAREST)).doesNotContain("vector index");
            db.rows(deposit + NEAREST);
        }
        assertThat(db.rows("SELECT id FROM y")).isEqualTo(exact(NEAREST));
        db.rows("COPY (" + NEAREST + ") TO '" + elsewhere.resolve("out.csv") + "'");
        assertThat(elsewhere.resolve("out.csv"))
                .content()
                .contains(exact(NEAREST).get(9));
        assertThat(db.rows("REPRODUCE DATASET y")).singleElement().asString().contains("| true |");
        assertThat(plan(NEAREST)).as("the session's own settings stay").contains("vector index");
    }

    @Test
    void laterVersionsHaveItForTheirNewFilesOnly() {
        deposit();
        db.rows(CREATE);
        db.rows("INSERT INTO x " + rows(ROWS + 1, 10, "REAL"));
        assertThat(indexes()).containsExactly("emb | 1 | 12000");
        assertThat(plan(NEAREST)).contains("of 1 of 2 files");
        db.rows("INSERT INTO x " + rows(2 * ROWS, ROWS, "REAL"));
        assertThat(indexes()).containsExactly("emb | 2 | 24000");
        assertThat(db.rows(NEAREST)).isEqualTo(exact(NEAREST));
        db.rows("UPDATE x SET emb = " + QUERY + " WHERE id = 17");
        assertThat(indexes()).containsExactly("emb | 3 | 36000");
        assertThat(db.rows(NEAREST)).startsWith("17").isEqualTo(exact(NEAREST));
        db.rows("DELETE FROM x WHERE id = 17");
        assertThat(db.rows(NEAREST)).doesNotContain("17").isEqualTo(exact(NEAREST));
        String first = NEAREST.replace("FROM x", "FROM \"x@1.0.0\"");
        assertThat(plan(first)).contains("of 1 of 1 files");
        assertThat(db.rows(first)).isEqualTo(exact(first));
        db.rows("ALTER DATASET x RENAME TO z");
        assertThat(plan(NEAREST.replace("FROM x", "FROM z"))).contains("of 2 of 3 files");
        db.rows("CREATE OR REPLACE DATASET z AS SELECT 1 AS id, 'none' AS emb");
        db.rows("CREATE OR REPLACE DATASET z AS " + rows(1, ROWS, "DOUBLE"));
        assertThat(plan(NEAREST.replace("FROM x", "FROM z"))).contains("of 1 of 1 files");
    }

    @Test
    void itGoesWhenItIsDroppedOrItsDatasetIs() throws Exception {
        deposit();
        Set<Path> before = files();
        db.rows(CREATE);
        assertThat(db.rows("DROP VECTOR INDEX ON x (EMB)"))
                .containsExactly("Dropped vector index on column EMB of dataset main.public.x");
        assertThat(files()).isEqualTo(before);
        assertThat(plan(NEAREST)).doesNotContain("vector index");
        db.rows(CREATE);
        db.rows("DROP DATASET x PURGE");
        assertThat(files()).isEmpty();
        assertThat(indexes()).isEmpty();
    }

    @Test
    void whatCannotBeIndexedIsRefusedInWords() {
        deposit();
        db.rows("CREATE VIEW v AS SELECT * FROM x");
        db.rows("CREATE TEMPORARY DATASET t AS SELECT * FROM x");
        db.rows(CREATE);
        assertThat(db.failure(CREATE))
                .isEqualTo("42710 Cannot create vector index: dataset main.public.x has one on this column already"
                        + " (emb)");
        assertThat(db.failure("CREATE VECTOR INDEX ON x (embb)"))
                .isEqualTo("42703 Cannot create vector index on main.public.x: it has no column embb; did you mean"
                        + " emb? (at line 1, column 27)");
        assertThat(db.failure("CREATE VECTOR INDEX ON x (id)"))
                .startsWith("42804 Cannot create vector index on main.public.x: column id is BIGINT")
                .endsWith("(at line 1, column 27)");
        assertThat(db.failure("CREATE VECTOR INDEX ON xx (emb)"))
                .startsWith("42P01 ")
                .contains("did you mean x?")
                .endsWith("(at line 1, column 24)");
        assertThat(db.failure("CREATE VECTOR INDEX ON v (emb)"))
                .startsWith("42809 ")
                .contains("it is a view");
        assertThat(db.failure("CREATE VECTOR INDEX ON t (emb)"))
                .startsWith("0A000 ")
                .contains("temporary");
        assertThat(db.failure("CREATE VECTOR INDEX ON registry.datasets (name)"))
                .startsWith("42939 ");
        assertThat(db.failure("CREATE VECTOR INDEX ON \"x@1.0.0\" (emb)")).startsWith("42602 ");
        assertThat(db.failure("DROP VECTOR INDEX ON x (id)")).startsWith("42704 ");
        assertThat(db.failure("EXPLAIN " + CREATE)).startsWith("0A000 ");
        assertThat(indexes()).hasSize(1);
    }

    @Test
    void filesThatNeedNoneOrCannotHaveOneAreSearchedOneByOne() {
        db.rows("CREATE DATASET x AS " + rows(1, 100, "REAL"));
        assertThat(db.rows(CREATE)).singleElement().asString().startsWith("main.public.x | emb | 0 | 0 | 0 | ");
        assertThat(plan(NEAREST)).doesNotContain("vector index");
        assertThat(db.rows(NEAREST)).isEqualTo(exact(NEAREST));
        String mixed = "SELECT id, CASE id WHEN 77 THEN CAST(ARRAY[1] AS REAL ARRAY) ELSE emb END AS emb FROM ("
                + rows(1, ROWS, "REAL") + ") AS r";
        db.rows("CREATE OR REPLACE DATASET x AS " + mixed);
        assertThat(indexes()).containsExactly("emb | 0 | 0");
        assertThat(db.failure(NEAREST)).startsWith("22023 Cannot call euclidean_distance: the arrays have different");
    }

    @Test
    void aDepositDoesNotFailForWantOfTheMemoryOfItsIndex() {
        deposit();
        db.rows(CREATE);
        db.rows("SET memory_limit = '64KB'");
        db.rows("INSERT INTO x SELECT id, emb FROM x");
        db.rows("SET memory_limit = DEFAULT");
        assertThat(db.rows(NEAREST)).isEqualTo(exact(NEAREST));
        assertThat(indexes()).containsExactly("emb | 1 | " + ROWS);
    }

    @Test
    void aDamagedOrMissingIndexCostsNoRowAndVerifyNamesIt() throws Exception {
        deposit();
        Set<Path> before = files();
        db.rows(CREATE);
        Path index = indexFile(before);
        byte[] bytes = Files.readAllBytes(index);
        for (int i = 100; i < bytes.length - 8; i += 31) {
            bytes[i] ^= 0x2a;
        }
        Files.write(index, bytes);
        db.close();
        db = Db.open(warehouse);
        assertThat(db.rows(NEAREST)).isEqualTo(exact(NEAREST));
        assertThat(problems()).singleElement().asString().contains("the vector index on column emb");
        Files.delete(index);
        assertThat(db.rows(NEAREST)).isEqualTo(exact(NEAREST));
        assertThat(problems()).singleElement().asString().contains("it is missing");
        db.rows("DROP VECTOR INDEX ON x (emb)");
        db.rows(CREATE);
        assertThat(problems()).isEmpty();
        assertThat(db.rows(NEAREST)).isEqualTo(exact(NEAREST));
    }

    private List<String> problems() {
        List<String> problems = new ArrayList<>();
        try (Registry registry = Registry.open(warehouse);
                DatasetStore store = DatasetStore.open(warehouse.toString())) {
            new Verification(registry, store)
                    .run(false, problem -> problems.add(problem.path() + ": " + problem.reason()), Progress.NONE);
        }
        return problems;
    }

    @Test
    void aCancelledIndexLeavesNothing() throws Exception {
        deposit();
        Set<Path> before = files();
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();
        assertThatThrownBy(() -> db.session().prepare(CREATE).execute(List.of(), 0, cancellation))
                .isInstanceOfSatisfying(
                        DatasetDbException.class, e -> assertThat(e.sqlState()).isEqualTo("57014"));
        assertThatThrownBy(() -> db.session().prepare(CREATE).execute(List.of(), 1_000_000, new Cancellation()))
                .isInstanceOfSatisfying(
                        DatasetDbException.class, e -> assertThat(e.sqlState()).isEqualTo("57014"));
        assertThat(files()).isEqualTo(before);
        assertThat(indexes()).isEmpty();
        assertThat(db.rows("SELECT DISTINCT state FROM registry.jobs WHERE statement = '" + CREATE + "' ORDER BY 1"))
                .isEqualTo(List.of("CANCELLED", "FAILED"));
        db.rows(CREATE);
        assertThat(indexes()).hasSize(1);
    }

    @Test
    void whatOthersDepositMeanwhileIsIndexedToo() throws Exception {
        deposit();
        CompletableFuture<Void> deposits = CompletableFuture.runAsync(() -> {
            try (Session session = db.engine().openSession(SessionOptions.of("other"))) {
                for (int i = 1; i <= 6; i++) {
                    Db.rows(session, "INSERT INTO x " + rows(i * ROWS + 1, ROWS, "REAL"));
                }
            }
        });
        db.rows(CREATE);
        deposits.get(100, TimeUnit.SECONDS);
        try (Registry registry = Registry.open(warehouse)) {
            DatasetVersion latest = registry.resolve(DatasetName.of("x"), VersionSelector.LATEST);
            assertThat(latest.files()).hasSize(7);
            assertThat(latest.vectorIndexes("emb")).hasSize(7);
            assertThat(new GarbageCollection(registry, Duration.ZERO).collect(Progress.NONE))
                    .extracting(Garbage::kind)
                    .doesNotContain(Garbage.Kind.ORPHAN);
        }
        assertThat(plan(NEAREST)).contains("of 7 of 7 files");
        assertThat(db.rows(NEAREST)).isEqualTo(exact(NEAREST));
        assertThat(problems()).isEmpty();
    }

    @Test
    void aBundleLeavesItOutAndItCanBeMadeAnew() {
        deposit();
        db.rows(CREATE);
        Path bundle = elsewhere.resolve("x.zip");
        Path other = elsewhere.resolve("other");
        try (Registry registry = Registry.open(warehouse)) {
            DatasetVersion version = registry.resolve(DatasetName.of("x"), VersionSelector.LATEST);
            new BundleExport(registry).write(List.of(version), false, bundle, Progress.NONE);
        }
        try (Registry registry = Registry.open(other);
                DatasetStore store = DatasetStore.open(other.toString())) {
            new BundleImport(registry, store, bundle).run(null, Progress.NONE);
        }
        List<String> expected = exact(NEAREST);
        db.close();
        db = Db.open(other);
        assertThat(indexes()).isEmpty();
        assertThat(db.rows(NEAREST)).isEqualTo(expected);
        db.rows(CREATE);
        assertThat(indexes()).containsExactly("emb | 1 | 12000");
        assertThat(db.rows(NEAREST)).isEqualTo(expected);
    }

    @Test
    void aReadOnlyWarehouseSearchesByIt() {
        deposit();
        db.rows(CREATE);
        db.close();
        assertThat(warehouse.toFile().setWritable(false)).isTrue();
        try {
            db = Db.open(warehouse);
            assertThat(db.rows(NEAREST)).hasSize(10);
            assertThat(Arrays.asList(plan(NEAREST).split("\n"))).anyMatch(line -> line.contains("vector index"));
        } finally {
            assertThat(warehouse.toFile().setWritable(true)).isTrue();
        }
    }
}
