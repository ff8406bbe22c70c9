// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import static io.datasetdb.registry.Deposits.SCHEMA;
import static io.datasetdb.registry.Deposits.deposit;
import static io.datasetdb.registry.Deposits.derive;
import static io.datasetdb.registry.Deposits.provenance;
import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.registry.internal.system.SystemScan;
import io.datasetdb.registry.internal.system.TableDefinitions;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.Predicate;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Field;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemTablesTest {
    @TempDir
    private Path folder;

    private Registry registry;

    @BeforeEach
    void open() {
        registry = Registry.open(folder);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private List<Map<String, Object>> rows(String table) {
        return ordered(Deposits.rows(registry, table));
    }

    /** The tables promise no order. */
    private static List<Map<String, Object>> ordered(List<Map<String, Object>> rows) {
        var result = new ArrayList<>(rows);
        result.sort(Comparator.<Map<String, Object>, String>comparing(row -> String.valueOf(row.get("namespace")))
                .thenComparing(row -> String.valueOf(row.get("name")), String.CASE_INSENSITIVE_ORDER));
        return result;
    }

    private List<Map<String, Object>> rows(String table, Predicate filter) {
        SystemTable found = SystemTables.find(table).orElseThrow();
        return Deposits.rows(found, found.rows(registry, filter));
    }

    private static Predicate compare(String column, Predicate.Operator operator, Object value) {
        return new Predicate.Comparison(ColumnPath.of(column), operator, value);
    }

    private static Predicate equal(String column, Object value) {
        return compare(column, Predicate.Operator.EQUAL, value);
    }

    /** The contract: names, order and types of all columns. */
    @Test
    void tablesHaveTheColumnsTheyPromise() {
        String version = "namespace VARCHAR, project VARCHAR, name VARCHAR, version VARCHAR, ";
        var expected = new LinkedHashMap<String, String>();
        expected.put(
                "datasets",
                "namespace VARCHAR, project VARCHAR, name VARCHAR, latest_version VARCHAR, version_count BIGINT,"
                        + " comment VARCHAR?, labels MAP<VARCHAR, VARCHAR>, row_count BIGINT, byte_size BIGINT, author"
                        + " VARCHAR, created_at TIMESTAMP, updated_at TIMESTAMP, depends_on VARCHAR ARRAY, statement"
                        + " VARCHAR?");
        expected.put(
                "versions",
                version
                        + "uuid VARCHAR, state VARCHAR, row_count BIGINT, byte_size BIGINT, file_count BIGINT, author"
                        + " VARCHAR, created_at TIMESTAMP, duration_ms BIGINT, statement VARCHAR?, script VARCHAR?,"
                        + " script_name VARCHAR?, job_id VARCHAR?, content_hash VARCHAR?, dropped_at TIMESTAMP?");
        expected.put(
                "columns",
                version
                        + "ordinal_position INTEGER, column_name VARCHAR, data_type VARCHAR, nullable BOOLEAN, comment"
                        + " VARCHAR?, null_count BIGINT?, min_value VARCHAR?, max_value VARCHAR?, distinct_estimate"
                        + " BIGINT?");
        expected.put(
                "dependencies",
                version + "kind VARCHAR, parent_namespace VARCHAR?, parent_project VARCHAR?, parent_name VARCHAR?, "
                        + "parent_version VARCHAR?, uri VARCHAR?");
        expected.put(
                "column_lineage",
                version
                        + "column_name VARCHAR, parent_namespace VARCHAR?, parent_project VARCHAR?, parent_name"
                        + " VARCHAR?, parent_version VARCHAR?, parent_column VARCHAR, derivation VARCHAR");
        expected.put("metrics", version + "metric VARCHAR, metric_value DOUBLE, author VARCHAR, recorded_at TIMESTAMP");
        expected.put("params", version + "param VARCHAR, param_value VARCHAR?, origin VARCHAR");
        expected.put(
                "functions",
                "function_name VARCHAR, signature VARCHAR, kind VARCHAR, class_name VARCHAR?, jar_sha256 VARCHAR?,"
                        + " source VARCHAR?, author VARCHAR, created_at TIMESTAMP");
        expected.put("function_uses", version + "function_name VARCHAR, function_hash VARCHAR");
        expected.put(
                "files", version + "path VARCHAR, uri VARCHAR, row_count BIGINT, byte_size BIGINT, checksum VARCHAR");
        expected.put(
                "jobs",
                "job_id VARCHAR, statement VARCHAR?, author VARCHAR, client VARCHAR?, state VARCHAR, rows_done BIGINT,"
                        + " rows_total BIGINT?, error_code VARCHAR?, error_message VARCHAR?, started_at TIMESTAMP,"
                        + " finished_at TIMESTAMP?");
        expected.put(
                "queries",
                "query_id VARCHAR, statement VARCHAR, author VARCHAR, started_at TIMESTAMP, duration_ms BIGINT,"
                        + " row_count BIGINT, inputs VARCHAR ARRAY, state VARCHAR, error_message VARCHAR?");
        expected.put("namespaces", "namespace VARCHAR, created_at TIMESTAMP");
        expected.put("projects", "namespace VARCHAR, project VARCHAR, created_at TIMESTAMP");
        expected.put(
                "listings", version + "location VARCHAR, fingerprint VARCHAR, row_count BIGINT, listed_at TIMESTAMP");
        expected.put("retention", "namespace VARCHAR, project VARCHAR, name VARCHAR, versions BIGINT");
        expected.put(
                "vector_indexes",
                "namespace VARCHAR, project VARCHAR, name VARCHAR, column_name VARCHAR, file_count BIGINT, row_count"
                        + " BIGINT, byte_size BIGINT, author VARCHAR, created_at TIMESTAMP");
        expected.put(
                "views",
                "namespace VARCHAR, project VARCHAR, name VARCHAR, comment VARCHAR?, author VARCHAR, created_at"
                        + " TIMESTAMP, statement VARCHAR");

        var actual = new LinkedHashMap<String, String>();
        for (SystemTable table : SystemTables.all()) {
            actual.put(
                    table.name(),
                    table.schema().fields().stream()
                            .map(SystemTablesTest::describe)
                            .collect(Collectors.joining(", ")));
            assertThat(table.comment()).endsWith(".");
            assertThat(SystemTables.find(table.name().toUpperCase(Locale.ROOT))).contains(table);
        }

        assertThat(actual).containsExactlyEntriesOf(expected);
    }

    private static String describe(Field field) {
        return field.name() + " " + field.type().sql() + (field.nullable() ? "?" : "");
    }

    @Test
    void everyTableCanBeReadWithAndWithoutRows() {
        for (SystemTable table : SystemTables.all()) {
            rows(table.name());
        }
        fill();
        for (SystemTable table : SystemTables.all()) {
            assertThat(rows(table.name())).as(table.name()).isNotEmpty();
        }
    }

    /** At least one row for each table. */
    private void fill() {
        DatasetVersion listing =
                deposit(registry, DraftRequest.listing("file:///data/*", "f1", SCHEMA), 2, provenance(null));
        DatasetVersion parent = deposit(registry, "parent");
        registry.setRetention(parent.name(), OptionalLong.of(5));
        try (VectorIndexDraft index = registry.vectorIndexes().begin(parent.name(), "score")) {
            index.commit(List.of(), Set.of(parent.files().get(0).path()), "ada");
        }
        Provenance provenance = new Provenance(
                "statement",
                "script",
                "script.sql",
                "ada",
                "shell",
                Deposits.STARTED,
                Deposits.STARTED.plusMillis(7),
                "0.1.0",
                List.of(
                        new Dependency.OnDataset(parent.ref()),
                        new Dependency.OnStorage("file:///data/*", listing.ref()),
                        new Dependency.OnExternal("jdbc:back\\slash")),
                List.of(new Param("rate", "0.1", Param.Origin.SET)),
                List.of(new FunctionUse("embed", "abc")),
                List.of(new ColumnLineage("score", parent.ref(), "id", ColumnLineage.Derivation.AGGREGATED)),
                "hash",
                registry.startJob(new JobRequest("statement", "ada", "shell")).id());
        DatasetVersion child = deposit(
                registry,
                DraftRequest.create(DatasetName.of("Child"), SCHEMA)
                        .withComment("a comment")
                        .withLabels(Map.of("k", "v")),
                9,
                provenance);
        registry.setColumnComment(DatasetName.of("child"), "id", "the key");
        registry.createView(
                new View(
                        DatasetName.of("recent"),
                        null,
                        List.of(),
                        "SELECT 1",
                        "main",
                        "public",
                        "CREATE VIEW recent AS SELECT 1",
                        "ada",
                        Deposits.STARTED),
                false);
        registry.recordMetric(child, "accuracy", 0.5, "ada");
        registry.recordMetric(child, "accuracy", 0.95, "bob");
        registry.createFunction(
                new FunctionDefinition(
                        "embed",
                        "(VARCHAR) REAL ARRAY",
                        FunctionDefinition.Kind.SCALAR,
                        "com.acme.E",
                        "/e.jar",
                        "abc",
                        null,
                        "ada",
                        Deposits.STARTED),
                false);
        registry.recordQuery(new QueryRecord(
                "select 1",
                "ada",
                Deposits.STARTED,
                Duration.ofMillis(3),
                1,
                List.of("main.public.parent@1.0.0"),
                QueryRecord.State.COMPLETE,
                null));
    }

    @Test
    void rowsSayWhatWasRecorded() {
        fill();

        assertThat(rows("datasets")).extracting(row -> row.get("name")).containsExactly("Child", "parent");
        assertThat(rows("datasets").get(0))
                .containsEntry("latest_version", "1.0.0")
                .containsEntry("version_count", 1L)
                .containsEntry("comment", "a comment")
                .containsEntry("labels", Map.of("k", "v"))
                .containsEntry("row_count", 9L)
                .containsEntry("statement", "statement")
                .containsEntry("depends_on", List.of("main.public.parent@1.0.0", "file:///data/*", "jdbc:back\\slash"));
        assertThat(rows("datasets").get(1)).containsEntry("depends_on", List.of());
        assertThat(rows("versions"))
                .extracting(row -> row.get("name"))
                .containsExactly("Child", "parent", "file:///data/*");
        assertThat(rows("versions").get(0))
                .containsEntry("duration_ms", 7L)
                .containsEntry("script", "script")
                .containsEntry("state", "COMPLETE")
                .containsEntry("dropped_at", null);
        assertThat(rows("columns").get(0))
                .containsEntry("ordinal_position", 1)
                .containsEntry("column_name", "id")
                .containsEntry("data_type", "BIGINT")
                .containsEntry("nullable", false)
                .containsEntry("comment", "the key")
                .containsEntry("null_count", 0L)
                .containsEntry("min_value", "1")
                .containsEntry("max_value", "9")
                .containsEntry("distinct_estimate", 9L);
        assertThat(rows("columns").get(1))
                .containsEntry("data_type", "ROW(path VARCHAR, size BIGINT)")
                .containsEntry("null_count", null);
        assertThat(rows("dependencies"))
                .extracting(row -> row.get("kind") + " " + row.get("parent_name") + " " + row.get("uri"))
                .containsExactly(
                        "DATASET parent null",
                        "STORAGE file:///data/* file:///data/*",
                        "EXTERNAL null jdbc:back\\slash");
        assertThat(rows("metrics"))
                .singleElement()
                .satisfies(row ->
                        assertThat(row).containsEntry("metric_value", 0.95).containsEntry("author", "bob"));
        assertThat(rows("queries"))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("inputs", List.of("main.public.parent@1.0.0"))
                        .containsEntry("started_at", LocalDateTime.parse("2026-01-31T12:00:00")));
        assertThat(rows("listings"))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("namespace", "system")
                        .containsEntry("location", "file:///data/*")
                        .containsEntry("row_count", 2L));
    }

    @Test
    void droppedVersionsStayInVersionsOnly() {
        fill();
        registry.drop(DatasetName.of("parent"), Optional.empty(), DropMode.PURGE);

        assertThat(rows("datasets")).extracting(row -> row.get("name")).containsExactly("Child");
        assertThat(rows("versions", equal("name", "parent"))).singleElement().satisfies(row -> {
            assertThat(row).containsEntry("state", "DROPPED");
            assertThat(row.get("dropped_at")).isInstanceOf(LocalDateTime.class);
        });
        assertThat(rows("dependencies", equal("parent_name", "parent"))).hasSize(1);
        assertThat(rows("files", equal("name", "parent"))).isEmpty();
    }

    @Test
    void filtersReachTheDatabase() {
        for (int i = 0; i < 30; i++) {
            deposit(registry, "d" + i);
        }
        deposit(registry, "d7");
        LocalDateTime created =
                (LocalDateTime) rows("versions", equal("name", "d20")).get(0).get("created_at");

        assertThat(rows("versions", equal("name", "d7"))).hasSize(2);
        assertThat(rows("versions", equal("name", "D7")))
                .as("found by the key, and of another spelling")
                .isEmpty();
        assertThat(rows("versions", equal("row_count", 11L))).isEmpty();
        assertThat(rows("versions", equal("created_at", created))).hasSize(1);
        assertThat(rows("versions", compare("created_at", Predicate.Operator.LESS, created)))
                .hasSize(20);
        assertThat(rows("versions", compare("version", Predicate.Operator.GREATER, "1.0.0")))
                .hasSize(1);
        assertThat(rows("versions", new Predicate.StartsWith(ColumnPath.of("name"), "d2")))
                .hasSize(11);
        assertThat(rows("versions", new Predicate.In(ColumnPath.of("name"), List.of("d1", "d2", "x"))))
                .hasSize(2);
        assertThat(rows("versions", new Predicate.In(ColumnPath.of("name"), List.of())))
                .isEmpty();
        assertThat(rows("versions", new Predicate.IsNull(ColumnPath.of("statement"))))
                .isEmpty();
        assertThat(rows("versions", new Predicate.IsNotNull(ColumnPath.of("statement"))))
                .hasSize(31);
        assertThat(rows("columns", new Predicate.And(List.of(equal("nullable", false), equal("name", "d3")))))
                .hasSize(1);
        assertThat(rows("versions", new Predicate.Or(List.of(equal("name", "d1"), equal("version", "1.0.1")))))
                .hasSize(2);
    }

    @Test
    void filtersThatCannotReachTheDatabaseLoseNoRow() {
        for (int i = 0; i < 5; i++) {
            deposit(registry, "d" + i);
        }
        Predicate hopeless = equal("uri", "file:///x");

        assertThat(rows("files", hopeless)).hasSize(5);
        assertThat(rows("files", new Predicate.And(List.of(equal("name", "d1"), hopeless))))
                .hasSize(1);
        assertThat(rows("files", new Predicate.Or(List.of(equal("name", "d1"), hopeless))))
                .hasSize(5);
        assertThat(rows(
                        "files",
                        new Predicate.And(List.of(
                                new Predicate.Or(List.of(equal("name", "d1"), hopeless)), equal("name", "d2")))))
                .as("arguments of what is given up are given up too")
                .hasSize(1);
        assertThat(rows("files", compare("name", Predicate.Operator.NOT_EQUAL, "D1")))
                .hasSize(5);
        assertThat(rows("files", compare("name", Predicate.Operator.GREATER, "a")))
                .hasSize(5);
        assertThat(rows(
                        "files",
                        new Predicate.Comparison(new ColumnPath(List.of("name", "x")), Predicate.Operator.EQUAL, "y")))
                .hasSize(5);
        assertThat(rows("files", equal("row_count", new BigDecimal("1")))).hasSize(5);
    }

    @Test
    void filtersLoseNoRowAtTheEdgesOfTheirTypes() {
        registry.recordMetric(deposit(registry, "ΟΔΟΣΑ"), "m", 1, "ada");

        assertThat(rows("versions", new Predicate.StartsWith(ColumnPath.of("name"), "ΟΔΟΣ")))
                .hasSize(1);
        assertThat(rows("metrics", compare("metric_value", Predicate.Operator.LESS, Double.NaN)))
                .as("NaN is above all numbers, and the database has none")
                .hasSize(1);
        assertThat(rows("metrics", compare("metric_value", Predicate.Operator.LESS, Double.POSITIVE_INFINITY)))
                .hasSize(1);
        assertThat(rows(
                        "versions",
                        compare("created_at", Predicate.Operator.LESS, LocalDateTime.of(9999, 12, 31, 0, 0))))
                .hasSize(1);
        assertThat(rows("versions", compare("created_at", Predicate.Operator.GREATER, LocalDateTime.of(1, 1, 1, 0, 0))))
                .hasSize(1);
        List<Predicate> many = IntStream.range(0, 5_000)
                .mapToObj(i -> equal(i % 2 == 0 ? "name" : "version", i == 4_321 ? "1.0.0" : "n" + i))
                .toList();
        assertThat(rows("versions", new Predicate.Or(many))).hasSize(1);
        assertThat(rows("versions", new Predicate.And(List.of(new Predicate.Or(many), equal("name", "x")))))
                .isEmpty();
        List<Object> names =
                IntStream.range(0, 400).<Object>mapToObj(i -> "n" + i).toList();
        Predicate wide = new Predicate.Or(IntStream.range(0, 400)
                .<Predicate>mapToObj(i -> new Predicate.In(ColumnPath.of("name"), names))
                .toList());
        assertThat(rows("versions", wide)).hasSizeLessThanOrEqualTo(1);
        Predicate deep = equal("name", "ΟΔΟΣΑ");
        for (int i = 0; i < 3_000; i++) {
            deep = new Predicate.Or(List.of(equal("version", "n" + i), deep));
        }
        assertThat(rows("versions", deep)).hasSize(1);
    }

    @Test
    void textsComeBackCharacterByCharacter() {
        deposit(registry, "x");
        String odd = "a\u0000b\r\n\t\\ 'q' \"d\" 𝒳 ␀ \uFFFF";
        registry.setComment(DatasetName.of("x"), odd);
        registry.setLabels(DatasetName.of("x"), Map.of(odd, odd));

        assertThat(rows("datasets"))
                .singleElement()
                .satisfies(
                        row -> assertThat(row).containsEntry("comment", odd).containsEntry("labels", Map.of(odd, odd)));
    }

    /** The ways by which most questions come; each must be an index's. */
    @ParameterizedTest
    @CsvSource({
        "versions, name",
        "columns, name",
        "files, name",
        "dependencies, name",
        "column_lineage, name",
        "datasets, name",
        "metrics, name",
        "params, name",
        "dependencies, parent_name",
        "dependencies, uri",
        "columns, column_name",
        "function_uses, function_name",
        "versions, job_id",
        "versions, uuid",
        "files, path",
        "jobs, job_id",
        "queries, query_id",
        "listings, location"
    })
    void lookupsUseAnIndex(String table, String column) {
        List<String> plan = registry.database()
                .query(
                        "explain",
                        sql -> sql.list(
                                "EXPLAIN QUERY PLAN "
                                        + SystemScan.query(
                                                TableDefinitions.ALL.stream()
                                                        .filter(definition -> definition
                                                                .name()
                                                                .equals(table))
                                                        .findFirst()
                                                        .orElseThrow(),
                                                column),
                                row -> row.getString(4),
                                "x"));

        assertThat(plan).as("%s", plan).noneMatch(step -> step.startsWith("SCAN"));
    }

    @Test
    void onlyTheColumnsAskedForAreRead() {
        fill();
        SystemTable versions = SystemTables.find("versions").orElseThrow();
        try (BatchSource source = versions.rows(
                registry, ScanRequest.of(List.of(ColumnPath.of("version"), ColumnPath.of("name"))), List.of())) {
            Batch batch = source.next();

            assertThat(batch.columns()).hasSize(2);
            assertThat(IntStream.range(0, batch.rowCount())
                            .mapToObj(row -> batch.column(1).getObject(row) + "@"
                                    + batch.column(0).getObject(row)))
                    .contains("parent@1.0.0");
            assertThat(source.next()).isNull();
        }
        try (BatchSource source = versions.rows(registry, ScanRequest.of(List.of()), List.of())) {
            assertThat(source.next().rowCount()).isEqualTo(3);
        }
    }

    @Test
    void longResultsComeInBatchesAndSeeOneMoment() {
        int versions = Batch.SIZE + 10;
        registry.database().write("fill", sql -> {
            for (int i = 0; i < versions; i++) {
                sql.update("INSERT INTO namespaces (name, name_key, created_at) VALUES (?, ?, 0)", "n" + i, "n" + i);
            }
            return true;
        });
        SystemTable table = SystemTables.find("namespaces").orElseThrow();
        try (BatchSource source = table.rows(registry, null)) {
            registry.createNamespace("zzz");
            var sizes = new ArrayList<Integer>();
            for (Batch batch = source.next(); batch != null; batch = source.next()) {
                sizes.add(batch.size());
            }
            assertThat(sizes.stream().mapToInt(size -> size).sum()).isEqualTo(Batch.SIZE + 12);
            // The first batch is small, for statements with a LIMIT.
            assertThat(sizes.get(0)).isLessThan(Batch.SIZE / 4);
            assertThat(source.next()).isNull();
        }
    }

    @Test
    void manyOpenScansDoNotBlockWriters() {
        registry.database().write("fill", sql -> {
            for (int i = 0; i < Batch.SIZE + 1; i++) {
                sql.update("INSERT INTO namespaces (name, name_key, created_at) VALUES (?, ?, 0)", "n" + i, "n" + i);
            }
            return true;
        });
        var open = new ArrayDeque<BatchSource>();
        SystemTable namespaces = SystemTables.find("namespaces").orElseThrow();
        Failures.assertFails(
                () -> {
                    while (open.size() < 1000) {
                        open.add(namespaces.rows(registry, null));
                    }
                },
                RegistryError.TOO_MANY_SCANS,
                "53300",
                "Cannot read registry.namespaces: too many results of system tables are open");
        assertThat(open).hasSizeGreaterThan(32);
        assertThat(deposit(registry, "x").version()).isEqualTo(SemanticVersion.FIRST);
        open.pop().close();
        open.add(namespaces.rows(registry, null));
        open.forEach(BatchSource::close);
        assertThat(rows("namespaces")).hasSizeGreaterThan(Batch.SIZE);
    }

    @Test
    void othersDepositsShowAtOnce() {
        try (Registry other = Registry.open(folder)) {
            assertThat(rows("versions")).isEmpty();
            derive(other, "x");
            assertThat(rows("versions")).hasSize(1);
            derive(other, "x");
            assertThat(rows("datasets").get(0))
                    .containsEntry("latest_version", "1.0.1")
                    .containsEntry("version_count", 2L);
        }
    }

    @Test
    void historyKeepsTheNewestQueries() {
        for (int i = 0; i < 50; i++) {
            registry.recordQuery(new QueryRecord(
                    "q" + i,
                    "ada",
                    Instant.ofEpochSecond(i),
                    Duration.ZERO,
                    i,
                    List.of("a\\b", "c"),
                    QueryRecord.State.FAILED,
                    "e"));
        }
        registry.close();
        registry = Registry.open(folder);

        assertThat(rows("queries"))
                .hasSize(50)
                .first()
                .satisfies(row -> assertThat(row)
                        .containsEntry("statement", "q0")
                        .containsEntry("inputs", List.of("a\\b", "c"))
                        .containsEntry("error_message", "e"));
    }
}
