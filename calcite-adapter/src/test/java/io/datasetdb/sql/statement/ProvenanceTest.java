// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.sql.Session;
import io.datasetdb.sql.SessionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a deposit records of itself. {@code a} has the versions 1.0.0 and 1.0.1, {@code b} has 1.0.0. */
class ProvenanceTest {
    @TempDir
    Path folder;

    private Db db;

    @BeforeEach
    void open() throws IOException {
        Files.writeString(folder.resolve("x.csv"), "k\n1\n");
        Files.writeString(folder.resolve("y.json"), "{\"k\": 1}\n");
        db = Db.open(folder.resolve("warehouse"));
        db.rows("CREATE DATASET a AS SELECT * FROM (VALUES (1, 'x'), (2, 'y')) AS t(n, s)");
        db.rows("CREATE OR REPLACE DATASET a AS SELECT * FROM (VALUES (1, 'x'), (2, 'y')) AS t(n, s)");
        db.rows("CREATE DATASET b AS SELECT n, s AS t FROM a");
    }

    @AfterEach
    void close() {
        db.close();
    }

    @Test
    void whatMetricsReadIsReadByTheDeposit() {
        db.rows("SET PARAM low = 1");
        db.rows("CREATE DATASET d METRICS (m = (SELECT COUNT(*) FROM b WHERE n > PARAM('low', 0))) AS"
                + " SELECT n FROM a");
        assertThat(db.rows("SELECT parent_name, parent_version FROM registry.dependencies WHERE name = 'd' ORDER BY 1"))
                .containsExactly("a | 1.0.1", "b | 1.0.0");
        assertThat(db.rows("SELECT param, param_value FROM registry.params WHERE name = 'd'"))
                .containsExactly("low | 1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        SELECT 1 AS x FROM b WHERE EXISTS (SELECT 1 FROM a WHERE a.n = b.n)             | a@1.0.1 b@1.0.0
        SELECT 1 AS x FROM b WHERE NOT EXISTS (SELECT 1 FROM a WHERE a.n = b.n)         | a@1.0.1 b@1.0.0
        SELECT (SELECT max(n) FROM a) AS m                                              | a@1.0.1
        SELECT b.n FROM b LEFT JOIN a ON a.n = b.n                                      | a@1.0.1 b@1.0.0
        SELECT b.n FROM a FULL JOIN b ON a.n = b.n                                      | a@1.0.1 b@1.0.0
        SELECT n FROM a EXCEPT SELECT n FROM b                                          | a@1.0.1 b@1.0.0
        SELECT n FROM a MINUS SELECT n FROM b                                           | a@1.0.1 b@1.0.0
        SELECT n FROM a INTERSECT SELECT n FROM b                                       | a@1.0.1 b@1.0.0
        SELECT n FROM a UNION ALL SELECT n FROM b                                       | a@1.0.1 b@1.0.0
        SELECT n FROM "a@1" UNION ALL SELECT n FROM "a@>=1.0,<1.0.1"                    | a@1.0.0 a@1.0.1
        SELECT n FROM a FOR VERSION AS OF '1.0.0'                                       | a@1.0.0
        SELECT n FROM a FOR SYSTEM_TIME AS OF TIMESTAMP '2200-01-01 00:00:00'           | a@1.0.1
        SELECT n FROM a WHERE FALSE                                                     | a@1.0.1
        SELECT n FROM a WHERE n = 1 AND n = 2                                           | a@1.0.1
        SELECT n FROM a LIMIT 0                                                         | a@1.0.1
        SELECT count(*) AS c FROM a                                                     | a@1.0.1
        SELECT n FROM b WHERE n IN (SELECT n FROM a WHERE 1 = 0) OR TRUE                | a@1.0.1 b@1.0.0
        SELECT CASE WHEN FALSE THEN (SELECT max(n) FROM a) ELSE 1 END AS x FROM b       | a@1.0.1 b@1.0.0
        SELECT n FROM b ORDER BY (SELECT max(n) FROM a)                                 | a@1.0.1 b@1.0.0
        SELECT n, sum(n) OVER (ORDER BY (SELECT max(n) FROM a)) AS q FROM b             | a@1.0.1 b@1.0.0
        SELECT n FROM b GROUP BY n HAVING count(*) > (SELECT min(n) - 1 FROM a)         | a@1.0.1 b@1.0.0
        SELECT a.n FROM a, a AS a2 WHERE a.n = a2.n                                     | a@1.0.1
        SELECT ARRAY(SELECT n FROM b) AS x, NOT EXISTS (SELECT 1 FROM "a@1.0.0") AS e FROM a | a@1.0.0 a@1.0.1 b@1.0.0
        SELECT n FROM a WHERE s = ANY (SELECT t FROM b)                                 | a@1.0.1 b@1.0.0
        SELECT u FROM a, UNNEST(ARRAY[1, 2]) AS x(u)                                    | a@1.0.1
        TABLE a                                                                         | a@1.0.1
        WITH w AS (SELECT n FROM a) SELECT w.n FROM w, w AS v                           | a@1.0.1
        WITH RECURSIVE r(n) AS (SELECT n FROM a UNION ALL SELECT r.n + b.n FROM r JOIN b ON r.n = b.n WHERE r.n < 3) SELECT * FROM r | a@1.0.1 b@1.0.0
        SELECT i FROM (VALUES (1)) AS v(i) WHERE i = (SELECT count(*) FROM (SELECT 1 FROM a CROSS JOIN b WHERE FALSE)) | a@1.0.1 b@1.0.0
        SELECT s FROM (SELECT s, row_number() OVER (PARTITION BY s ORDER BY n) AS rn FROM a) WHERE rn = (SELECT min(n) FROM b) | a@1.0.1 b@1.0.0
        SELECT sum(n) FILTER (WHERE n IN (SELECT n FROM b)) AS q FROM a                 | a@1.0.1 b@1.0.0
        SELECT b.n FROM b JOIN a ON a.n = b.n AND a.n IN (SELECT n FROM "a@1.0.0")      | a@1.0.0 a@1.0.1 b@1.0.0
        """)
    void parentsAreRecordedWhereverTheyStand(String query, String parents) {
        db.rows("CREATE DATASET d AS " + query);
        assertThat(db.rows("SELECT kind || ' ' || parent_name || '@' || parent_version FROM registry.dependencies"
                        + " WHERE name = 'd' ORDER BY 1"))
                .containsExactlyElementsOf(List.of(parents.split(" ")).stream()
                        .map(parent -> "DATASET " + parent)
                        .toList());
        assertThat(db.rows("SELECT cardinality(depends_on) FROM registry.datasets WHERE name = 'd'"))
                .containsExactly(Integer.toString(parents.split(" ").length));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        SELECT count(*) AS c FROM TABLE(list_storage('%/*.csv'))                                   | *.csv
        SELECT 1 AS c WHERE EXISTS (SELECT 1 FROM TABLE(read_csv('%/x.csv')))                      | x.csv
        SELECT (SELECT max(k) FROM TABLE(read_csv('%/x.csv'))) AS c FROM TABLE(read_json('%/y.json')) | x.csv y.json
        SELECT k FROM TABLE(read_json('%/y.json')) WHERE FALSE                                     | y.json
        SELECT k FROM TABLE(read_json('%/y.json')) EXCEPT SELECT k FROM TABLE(read_csv('%/x.csv')) | x.csv y.json
        SELECT x.k FROM TABLE(read_csv('%/x.csv')) AS x LEFT JOIN TABLE(read_csv('%/x.csv')) AS z ON x.k = z.k | x.csv
        """)
    void storageIsRecordedWhereverItIsRead(String query, String files) {
        String sql =
                query.contains("WHERE EXISTS") ? query.replace("1 AS c", "1 AS c FROM (VALUES (1)) AS v(i)") : query;
        db.rows("CREATE DATASET d AS " + sql.replace("%", folder.toString()));
        assertThat(db.rows("SELECT uri FROM registry.dependencies WHERE name = 'd' AND kind = 'STORAGE' ORDER BY 1"))
                .containsExactlyElementsOf(List.of(files.split(" ")).stream()
                        .map(file -> "file://" + folder + "/" + file)
                        .toList());
        assertThat(db.rows("SELECT count(*) FROM registry.dependencies WHERE name = 'd' AND kind = 'DATASET'"))
                .containsExactly("0");
    }

    @Test
    void aListingIsAParentByTheVersionThatKeepsIt() throws IOException {
        String sql =
                "CREATE OR REPLACE DATASET l AS SELECT count(*) AS c FROM TABLE(list_storage('" + folder + "/*.csv'))";
        db.rows(sql);
        db.rows(sql);
        Files.writeString(folder.resolve("z.csv"), "k\n2\n");
        db.rows(sql);
        assertThat(db.rows(
                        "SELECT version, parent_namespace, parent_version FROM registry.dependencies WHERE name = 'l'"
                                + " ORDER BY version"))
                .containsExactly("1.0.0 | system | 1.0.0", "1.0.1 | system | 1.0.0", "1.0.2 | system | 2.0.0");
    }

    @Test
    void theStatementIsKeptWithItsCommentsAndCharacters() {
        String statement = """
            /* before */ CREATE DATASET d -- of ü
            AS
              SELECT 'Größe 😀; ''q''' AS "naïve", -- a ; inside
                     n FROM a /* tail */\
            """;
        db.rows("  " + statement + " ;\n");
        assertThat(db.rows("SELECT statement FROM registry.versions WHERE name = 'd'"))
                .containsExactly(statement);
        assertThat(db.rows("SELECT statement FROM registry.datasets WHERE name = 'd'"))
                .containsExactly(statement);
        assertThat(db.rows("SELECT statement FROM registry.jobs WHERE state = 'COMPLETE'"))
                .hasSize(4)
                .contains(statement);
    }

    @Test
    void theScriptAndItsPathAreKeptBesideTheStatement() {
        String script = "-- all of it\nCREATE DATASET d AS SELECT 1 AS x;\nCREATE DATASET e AS SELECT 2 AS x;\n";
        SessionOptions options = new SessionOptions("u", "ada", "shell", "main", "public", "jobs/all.sql", script);
        try (Session session = db.engine().openSession(options)) {
            Db.rows(session, "CREATE DATASET d AS SELECT 1 AS x");
        }
        assertThat(db.rows("SELECT statement, script, script_name, author FROM registry.versions WHERE name = 'd'"))
                .containsExactly("CREATE DATASET d AS SELECT 1 AS x | " + script + " | jobs/all.sql | ada");
        assertThat(db.rows("SELECT author, client FROM registry.jobs WHERE statement LIKE '%DATASET d%'"))
                .containsExactly("ada | shell");
    }

    @Test
    void argumentsAreParametersByTheirPlace() {
        db.rows(
                "CREATE DATASET d AS SELECT n FROM a WHERE n < ? AND s <> ? AND s IS DISTINCT FROM CAST(? AS VARCHAR)",
                7,
                "q",
                null);
        assertThat(db.rows("SELECT param, param_value, origin FROM registry.params WHERE name = 'd' ORDER BY 1"))
                .containsExactly("?1 | 7 | BOUND", "?2 | q | BOUND", "?3 | null | BOUND");
        assertThat(db.session().prepare("SELECT n FROM a WHERE n < ? AND s = ?").parameters())
                .extracting(io.datasetdb.vector.Field::name)
                .containsExactly("?1", "?2");
    }

    @Test
    void functionsOfTheLibraryAreRecordedWhereverTheyAreCalled() {
        db.rows("CREATE DATASET d AS SELECT file_ext(s) AS e FROM a"
                + " WHERE n IN (SELECT n FROM b WHERE file_stem(t) <> '') ORDER BY file_name(s)");
        assertThat(db.rows("SELECT function_name FROM registry.function_uses WHERE name = 'd' ORDER BY 1"))
                .containsExactly("file_ext", "file_name", "file_stem");
    }

    @Test
    void columnsKnowTheirOrigins() {
        db.rows("CREATE DATASET d AS SELECT b.n, upper(b.t) AS u, sum(a.n) AS total, b.n + a.n AS sums, 1 AS one"
                + " FROM b JOIN a ON a.n = b.n GROUP BY b.n, b.t, a.n");
        assertThat(db.rows("SELECT column_name, parent_name, parent_version, parent_column, derivation"
                        + " FROM registry.column_lineage WHERE name = 'd' ORDER BY 1, 2, 4"))
                .containsExactly(
                        "n | b | 1.0.0 | n | IDENTITY",
                        "sums | a | 1.0.1 | n | TRANSFORMED",
                        "sums | b | 1.0.0 | n | TRANSFORMED",
                        "total | a | 1.0.1 | n | AGGREGATED",
                        "u | b | 1.0.0 | t | TRANSFORMED");
    }

    @Test
    void lineageFollowsARename() {
        db.rows("CREATE DATASET d AS SELECT n FROM a");
        db.rows("ALTER DATASET a RENAME TO c");
        assertThat(db.rows("SHOW LINEAGE OF d")).containsExactly("DATASET | main | public | c | 1.0.1 | null");
        assertThat(db.rows("SELECT depends_on FROM registry.datasets WHERE name = 'd'"))
                .containsExactly("[main.public.c@1.0.1]");
    }
}
